// What the city remembers, and the keys it is locked with. Deployed first; nothing in it is ever replaced.
import { Aws, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms'
import type { Bucket as S3Bucket } from 'aws-cdk-lib/aws-s3'
import { type ReplicaRegion, Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import { hashingKeys, signingKeys } from '../../shared/kernel/vault.ts'
import { accessLogBucket } from '../constructs/access-log-bucket.ts'
import { acknowledge } from '../constructs/acknowledge.ts'
import { GATEWAY_LOG_PREFIX } from '../constructs/agency-gateway.ts'
import { CityBucket } from '../constructs/city-bucket.ts'
import { CityTable } from '../constructs/city-table.ts'
import { letCdnDecrypt } from '../constructs/document-key.ts'
import type { House } from '../house.ts'
import { type Keys, ORIGIN_SECRET } from '../keys.ts'
import { pascal } from '../names.ts'
import { CDN_REGION } from './regions.ts'

/** 64 characters of 62 kinds: 381 bits. */
const SECRET_LENGTH = 64

export class DataStack extends Stack {
  readonly keys: Keys

  constructor(scope: Construct, id: string, props: StackProps & { house: House }) {
    super(scope, id, props)
    const { house } = props
    this.keys = makeKeys(this, house)
    for (const declared of house.city.tables)
      new CityTable(this, pascal(declared.name), { house, keys: this.keys, declared })
    if (house.city.buckets.length > 0) this.addBuckets(house)
  }

  private addBuckets(house: House): void {
    const accessLogs: S3Bucket = accessLogBucket(this, 'AccessLogs', house, 'access-logs')
    for (const declared of house.city.buckets) {
      new CityBucket(this, pascal(declared.name), {
        house,
        key: this.keys.data,
        name: declared.name,
        isPublic: declared.isPublic,
        // Blobs knows only putOnce: every document is evidence of what was published when.
        isWriteOnce: true,
        accessLogs,
      })
    }
  }
}

const makeKeys = (scope: Construct, house: House): Keys => {
  const data = symmetricKey(scope, 'DataKey', house, 'data', 'Tables, queues, documents and secrets at rest')
  letCdnDecrypt(data)
  return {
    data,
    logs: logKey(scope, house),
    seal: symmetricKey(scope, 'SealKey', house, 'seal', 'What the Vault seals'),
    signing: byName(signingKeys, (name) => signingKey(scope, house, name)),
    hashing: byName(hashingKeys, (name) => hashingSecret(scope, house, data, name)),
    origin: originSecret(scope, house, data),
  }
}

const byName = <Name extends string, Made>(names: readonly Name[], make: (name: Name) => Made): Record<Name, Made> => {
  const made: Partial<Record<Name, Made>> = {}
  for (const name of names) made[name] = make(name)
  if (!isComplete(made, names)) throw new Error('a key was left out')
  return made
}

const isComplete = <Name extends string, Made>(
  made: Partial<Record<Name, Made>>,
  names: readonly Name[],
): made is Record<Name, Made> => names.every((name) => made[name] !== undefined)

const symmetricKey = (scope: Construct, id: string, house: House, name: string, description: string): Key =>
  new Key(scope, id, {
    alias: house.names.alias(name),
    description,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  })

/** CloudWatch Logs of this stage, and nothing else, may use the key of the logs. */
const logKey = (scope: Construct, house: House): Key => {
  const key = symmetricKey(scope, 'LogKey', house, 'logs', 'Logs at rest')
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKey',
        'kms:GenerateDataKeyWithoutPlaintext',
        'kms:DescribeKey',
      ],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': [house.names.logs('*'), `${GATEWAY_LOG_PREFIX}*`].map(arnOfLogs),
        },
      },
    }),
  )
  return key
}

const arnOfLogs = (name: string) => `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:${name}`

const signingKey = (scope: Construct, house: House, name: string): Key =>
  new Key(scope, `${pascal(name)}SigningKey`, {
    alias: house.names.alias(`signing-${name}`),
    description: `Signs: ${name}. The private half never leaves KMS.`,
    keySpec: KeySpec.ECC_NIST_P256,
    keyUsage: KeyUsage.SIGN_VERIFY,
    removalPolicy: RemovalPolicy.RETAIN,
  })

const hashingSecret = (scope: Construct, house: House, encryptionKey: Key, name: string): Secret => {
  const secret = new Secret(scope, `${pascal(name)}HashingSecret`, {
    secretName: house.names.secret(`hashing-${name}`),
    description: `Versioned keys of keyed hashes: ${name}`,
    encryptionKey,
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ current: 1 }),
      generateStringKey: 'seed',
      passwordLength: SECRET_LENGTH,
      excludePunctuation: true,
    },
    // Without it no person could be found again.
    removalPolicy: RemovalPolicy.RETAIN,
  })
  acknowledge(secret, {
    'AwsSolutions-SMG4':
      'A new version is added by an officer (docs/runbooks/hashing-key-rotation.md): records are found under every version kept, so a timer must not retire one.',
  })
  return secret
}

const originSecret = (scope: Construct, house: House, encryptionKey: Key): Secret => {
  const { addresses, region } = house.settings
  const replicaRegions: ReplicaRegion[] = addresses && region !== CDN_REGION ? [{ region: CDN_REGION }] : []
  const secret = new Secret(scope, 'OriginSecret', {
    secretName: house.names.secret(ORIGIN_SECRET),
    description: 'Proves to the edge that a request came through the CDN',
    encryptionKey,
    generateSecretString: { passwordLength: SECRET_LENGTH, excludePunctuation: true },
    // The CDN is configured from its own Region and reads the secret there.
    replicaRegions,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  acknowledge(secret, {
    'AwsSolutions-SMG4': addresses
      ? 'Rotated by the stack origin-rotation, which must come after the CDN; the rule looks within one stack.'
      : 'There is no CDN in front of one machine that would have to be told.',
  })
  return secret
}
