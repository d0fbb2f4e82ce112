// Secrets Manager: what a secret holds at one of its stages. Its SDK is imported by those bundles only that read a secret.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { Wiring } from '../kernel/wiring.ts'
import { clientSettings } from './client-settings.ts'
import type { Patience } from './insist.ts'
import { insist } from './insist.ts'

export type SecretStage = 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS'

export interface SecretReader {
  read(arn: string, stage: SecretStage): Promise<string>
  /** `undefined` when the secret has nothing at this stage. */
  readIfThere(arn: string, stage: SecretStage): Promise<string | undefined>
}

export const secretReader = (wiring: Wiring, patience: Patience): SecretReader => {
  const client = new SecretsManagerClient(clientSettings(wiring, 'SECRETS_MANAGER'))
  const read = (arn: string, stage: SecretStage): Promise<string> =>
    insist(patience, async () => {
      const reply = await client.send(new GetSecretValueCommand({ SecretId: arn, VersionStage: stage }))
      if (reply.SecretString === undefined) throw new Error('the secret is not a text')
      return reply.SecretString
    })
  return {
    read,
    readIfThere: (arn, stage) =>
      read(arn, stage).catch((error: unknown) => {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined
        throw error
      }),
  }
}
