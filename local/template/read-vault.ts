import { z } from 'zod'
import { addresses } from './addresses.ts'
import type { Land } from './land.ts'
import type { BucketPlan, KeyPlan, SecretPlan } from './plan.ts'
import { count, flag, propertiesOf, refusal, shape } from './properties.ts'
import type { Site } from './site.ts'

const PASSWORD_LENGTH = 32
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'
const PUNCTUATION = '!#$%&()*+,-./:;<=>?@[]^_{|}~'

const Key = shape(
  {
    KeySpec: z.enum(['SYMMETRIC_DEFAULT', 'ECC_NIST_P256']).default('SYMMETRIC_DEFAULT'),
    KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'SIGN_VERIFY']).optional(),
    Enabled: z.literal(true).optional(),
    Origin: z.literal('AWS_KMS').optional(),
  },
  'KeyPolicy',
  'EnableKeyRotation',
  'Description',
  'PendingWindowInDays',
  'Tags',
  'MultiRegion',
  'RotationPeriodInDays',
)
const Alias = z.strictObject({ AliasName: z.string(), TargetKeyId: z.string() })

export const readKeys = (land: Land): readonly KeyPlan[] => {
  const aliases = land.ofType('AWS::KMS::Alias').map((site) => propertiesOf(site, Alias))
  return land.ofType('AWS::KMS::Key').map((site) => {
    const read = propertiesOf(site, Key)
    const arn = addresses.arn(site, land.setting)
    return {
      id: site.name,
      arn,
      aliases: aliases.filter((alias) => [arn, site.name].includes(alias.TargetKeyId)).map((alias) => alias.AliasName),
      kind: read.KeySpec === 'ECC_NIST_P256' ? 'P-256' : 'symmetric',
    }
  })
}

const Generate = z.strictObject({
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
  PasswordLength: count.default(PASSWORD_LENGTH),
  ExcludePunctuation: flag.default(false),
  ExcludeNumbers: flag.default(false),
  ExcludeUppercase: flag.default(false),
  ExcludeLowercase: flag.default(false),
  ExcludeCharacters: z.string().default(''),
  IncludeSpace: z.literal(false).optional(),
  RequireEachIncludedType: flag.optional(),
})
const Secret = shape(
  { Name: z.string().optional(), SecretString: z.string().optional(), GenerateSecretString: Generate.optional() },
  'Description',
  'KmsKeyId',
  'Tags',
  'ReplicaRegions',
  'Type',
)

export const readSecrets = (land: Land): readonly SecretPlan[] =>
  land.ofType('AWS::SecretsManager::Secret').map((site) => secretOf(land, site))

const secretOf = (land: Land, site: Site): SecretPlan => {
  const read = propertiesOf(site, Secret)
  const base = { id: site.name, arn: addresses.arn(site, land.setting), name: addresses.nameOf(site) }
  if (read.SecretString !== undefined) return { ...base, text: read.SecretString }
  const how = read.GenerateSecretString
  if (!how) throw refusal(site, 'a secret without a value')
  return {
    ...base,
    generate: {
      length: how.PasswordLength,
      alphabet: alphabetOf(how),
      ...(how.SecretStringTemplate === undefined ? {} : { template: how.SecretStringTemplate }),
      ...(how.GenerateStringKey === undefined ? {} : { key: how.GenerateStringKey }),
    },
  }
}

const alphabetOf = (how: z.infer<typeof Generate>): string =>
  [
    how.ExcludeLowercase ? '' : LOWER,
    how.ExcludeUppercase ? '' : LOWER.toUpperCase(),
    how.ExcludeNumbers ? '' : DIGITS,
    how.ExcludePunctuation ? '' : PUNCTUATION,
  ]
    .join('')
    .split('')
    .filter((letter) => !how.ExcludeCharacters.includes(letter))
    .join('')

const Bucket = shape(
  {
    BucketName: z.string().optional(),
    NotificationConfiguration: z.undefined().optional(),
    WebsiteConfiguration: z.undefined().optional(),
    ReplicationConfiguration: z.unknown().optional(),
  },
  'BucketEncryption',
  'PublicAccessBlockConfiguration',
  'OwnershipControls',
  'VersioningConfiguration',
  'LifecycleConfiguration',
  'LoggingConfiguration',
  'Tags',
  'ObjectLockEnabled',
  'ObjectLockConfiguration',
  'CorsConfiguration',
  'AccessControl',
  'IntelligentTieringConfigurations',
  'MetricsConfigurations',
  'InventoryConfigurations',
)

export const readBuckets = (land: Land): readonly BucketPlan[] =>
  land.ofType('AWS::S3::Bucket').map((site) => {
    propertiesOf(site, Bucket)
    return { id: site.name, name: addresses.nameOf(site) }
  })
