// The keys and secrets of one DATA_DIR, in one file that its owner alone can read. What the template adds later is added;
// nothing is ever taken out, since what was sealed under a key must stay readable.
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { keptFile, replaceKept } from '../process/kept-file.ts'
import type { KeyPlan, Plan, SecretPlan } from '../template/plan.ts'

const FILE = 'vault.json'
const Version = z.object({ id: z.string(), stages: z.array(z.string()), text: z.string() })
const Vault = z.object({
  keys: z.record(z.string(), z.string()),
  secrets: z.record(z.string(), z.array(Version)),
  agencyKeys: z.record(z.string(), z.string()),
})
export type SecretVersion = z.infer<typeof Version>

export interface KeptVault {
  symmetric(id: string): Buffer
  signing(id: string): KeyObject
  secret(id: string): readonly SecretVersion[]
  putSecret(id: string, text: string, stages: readonly string[]): SecretVersion
  agencyKey(id: string): string
}

export const openVault = (dataDir: string, plan: Pick<Plan, 'keys' | 'secrets' | 'agencyDoor'>): KeptVault => {
  const kept = keptFile(dataDir, FILE, Vault, () => ({ keys: {}, secrets: {}, agencyKeys: {} }))
  for (const key of plan.keys) kept.keys[key.id] ??= newKey(key.kind)
  for (const secret of plan.secrets) kept.secrets[secret.id] ??= [versionOf(firstText(secret), ['AWSCURRENT'])]
  for (const { id } of plan.agencyDoor?.keys ?? []) kept.agencyKeys[id] ??= `local-${randomBytes(20).toString('hex')}`
  const save = () => replaceKept(dataDir, FILE, kept)
  save()
  return {
    symmetric: (id) => Buffer.from(kept.keys[id] ?? '', 'base64'),
    signing: (id) => createPrivateKey(kept.keys[id] ?? ''),
    secret: (id) => kept.secrets[id] ?? [],
    putSecret: (id, text, stages) => {
      const version = versionOf(text, stages)
      kept.secrets[id] = [...moved(kept.secrets[id] ?? [], stages), version]
      save()
      return version
    },
    agencyKey: (id) => kept.agencyKeys[id] ?? '',
  }
}

const newKey = (kind: KeyPlan['kind']): string =>
  kind === 'symmetric'
    ? randomBytes(32).toString('base64')
    : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

const versionOf = (text: string, stages: readonly string[]): SecretVersion => ({
  id: randomUUID(),
  stages: [...stages],
  text,
})

/** A label stands on one version alone; the one that was current becomes the previous one. */
const moved = (versions: readonly SecretVersion[], stages: readonly string[]): readonly SecretVersion[] =>
  versions.map((version) => {
    const wasCurrent = stages.includes('AWSCURRENT') && version.stages.includes('AWSCURRENT')
    const kept = version.stages.filter(
      (stage) => !stages.includes(stage) && !(stages.includes('AWSCURRENT') && stage === 'AWSPREVIOUS'),
    )
    return { ...version, stages: wasCurrent ? [...kept, 'AWSPREVIOUS'] : kept }
  })

const firstText = (secret: SecretPlan): string => {
  const how = secret.generate
  if (!how) return secret.text ?? ''
  const letters = Array.from({ length: how.length }, () => how.alphabet[randomInt(how.alphabet.length)]).join('')
  if (how.template === undefined || how.key === undefined) return letters
  const template: object = JSON.parse(how.template)
  return JSON.stringify({ ...template, [how.key]: letters })
}
