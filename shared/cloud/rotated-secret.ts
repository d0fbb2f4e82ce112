// The versions of one secret, for its rotation.
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import type { Wiring } from '../kernel/wiring.ts'
import { required } from '../kernel/wiring.ts'
import { clientSettings } from './client-settings.ts'
import { insist } from './insist.ts'
import type { RotatedSecret } from './origin-secret-rotation.ts'
import { patienceFor } from './patience.ts'

export const rotatedSecret = (wiring: Wiring): RotatedSecret => {
  const client = new SecretsManagerClient(clientSettings(wiring, 'SECRETS_MANAGER'))
  const patience = patienceFor(wiring, 'rotation')
  const SecretId = required(wiring, 'ORIGIN_SECRET_ARN')
  return {
    async stages() {
      const reply = await insist(patience, () => client.send(new DescribeSecretCommand({ SecretId })))
      return reply.VersionIdsToStages ?? {}
    },
    read: (token) =>
      insist(patience, () => client.send(new GetSecretValueCommand({ SecretId, VersionId: token }))).then(
        (reply) => reply.SecretString,
        (error: unknown) => {
          if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined
          throw error
        },
      ),
    async putPending(token, value) {
      // The same token with another value is refused: what was put first stands.
      const version = { SecretId, ClientRequestToken: token, SecretString: value, VersionStages: ['AWSPENDING'] }
      await insist(patience, () => client.send(new PutSecretValueCommand(version)))
    },
    async makeCurrent(token, former) {
      const move = {
        SecretId,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: token,
        ...(former !== undefined && { RemoveFromVersionId: former }),
      }
      await insist(patience, () => client.send(new UpdateSecretVersionStageCommand(move)))
    },
  }
}
