// `{{resolve:secretsmanager:<secret>:SecretString:<field>:<stage>}}` in what the CDN sends, as CloudFormation would fill it in.
import { fieldsOf } from '../template/json.ts'
import type { Plan, SecretPlan } from '../template/plan.ts'
import type { KeptVault } from './kept-vault.ts'

const REFERENCE =
  /\{\{resolve:secretsmanager:(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:}]+|[^:}]+):SecretString:([^:}]*):?([^:}]*):?[^}]*\}\}/g

export const withSecrets = (plan: Plan, kept: KeptVault): Plan => {
  if (!plan.cdn) return plan
  const fill = (text: string) =>
    text.replace(REFERENCE, (_whole, name: string, field: string, stage: string) =>
      secretText(plan.secrets, kept, name, field, stage || 'AWSCURRENT'),
    )
  const behaviours = plan.cdn.behaviours.map((behaviour) => ({
    ...behaviour,
    headers: Object.fromEntries(Object.entries(behaviour.headers).map(([name, value]) => [name, fill(value)])),
  }))
  return { ...plan, cdn: { ...plan.cdn, behaviours } }
}

const secretText = (
  secrets: readonly SecretPlan[],
  kept: KeptVault,
  name: string,
  field: string,
  stage: string,
): string => {
  const secret = secrets.find((each) => each.arn === name || each.name === name)
  const text = secret && kept.secret(secret.id).find((version) => version.stages.includes(stage))?.text
  if (text === undefined) throw new Error(`the CDN refers to the secret ${name}, which is not there`)
  return field === '' ? text : String(fieldsOf(JSON.parse(text))[field])
}
