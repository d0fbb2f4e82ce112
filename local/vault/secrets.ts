// The part of Secrets Manager that the city uses, with versions and their labels.
import { z } from 'zod'
import type { SecretPlan } from '../template/plan.ts'
import { AwsError } from './aws-error.ts'
import type { KeptVault } from './kept-vault.ts'
import type { Action } from './kms.ts'

const Get = z.object({ SecretId: z.string(), VersionId: z.string().optional(), VersionStage: z.string().optional() })
const Put = z.object({
  SecretId: z.string(),
  SecretString: z.string(),
  VersionStages: z.array(z.string()).default(['AWSCURRENT']),
})

export const secretActions = (plans: readonly SecretPlan[], vault: KeptVault): Readonly<Record<string, Action>> => {
  const secretOf = (name: string): SecretPlan => {
    const found = plans.find((plan) => plan.arn === name || plan.name === name)
    if (!found) throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
    return found
  }
  return {
    GetSecretValue: (body) => {
      const read = Get.parse(body)
      const secret = secretOf(read.SecretId)
      const stage = read.VersionStage ?? (read.VersionId === undefined ? 'AWSCURRENT' : undefined)
      const version = vault
        .secret(secret.id)
        .find(
          (each) =>
            (read.VersionId === undefined || each.id === read.VersionId) &&
            (stage === undefined || each.stages.includes(stage)),
        )
      if (!version) {
        throw new AwsError(
          'ResourceNotFoundException',
          `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
        )
      }
      return {
        ARN: secret.arn,
        Name: secret.name,
        SecretString: version.text,
        VersionId: version.id,
        VersionStages: version.stages,
      }
    },
    PutSecretValue: (body) => {
      const read = Put.parse(body)
      const secret = secretOf(read.SecretId)
      const version = vault.putSecret(secret.id, read.SecretString, read.VersionStages)
      return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages }
    },
  }
}
