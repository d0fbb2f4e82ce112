// Least privilege, worked out from a declaration: these statements and the environment beside them are all a function gets.
// Transactions need no action of their own: DynamoDB checks the action of each step.
import { Aws, Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import type { Bucket } from '../shared/kernel/bucket.ts'
import type { Powers, Queue } from '../shared/kernel/queue.ts'
import { type RecordVerb, recordVerbs, type Table } from '../shared/kernel/table.ts'
import type { SealPurpose, VaultGrants } from '../shared/kernel/vault.ts'
import type { House } from './house.ts'
import type { Keys } from './keys.ts'

const recordActions = {
  get: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
  list: ['dynamodb:Query'],
  put: ['dynamodb:PutItem'],
  change: ['dynamodb:UpdateItem'],
  remove: ['dynamodb:DeleteItem'],
  check: ['dynamodb:ConditionCheckItem'],
} as const satisfies Record<RecordVerb, readonly string[]>

/** What DynamoDB does with the table's key in the caller's name. */
const TABLE_KEY_ACTIONS = [
  'kms:DescribeKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
]

export const arnOfTable = (scope: Construct, house: House, table: Table): string =>
  Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: house.names.table(table.name) })

export const arnOfQueue = (scope: Construct, house: House, queue: Queue): string =>
  Stack.of(scope).formatArn({ service: 'sqs', resource: house.names.queue(queue.name) })

export const arnOfBucket = (house: House, bucket: Bucket): string =>
  `arn:${Aws.PARTITION}:s3:::${house.names.bucket(bucket.name)}`

/** The key may be used only by this service in the function's name, never by the function itself. */
export const useOfKey = (keyArn: string, service: string, actions: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: [...actions],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}` } },
  })

const recordStatements = (scope: Construct, house: House, keys: Keys, powers: Powers): PolicyStatement[] => {
  const granted = recordVerbs.flatMap((verb) => {
    const tables = powers.records?.[verb] ?? []
    if (tables.length === 0) return []
    return [
      new PolicyStatement({
        actions: [...recordActions[verb]],
        resources: tables.map((table) => arnOfTable(scope, house, table)),
      }),
    ]
  })
  return granted.length === 0 ? [] : [...granted, useOfKey(keys.data.keyArn, 'dynamodb', TABLE_KEY_ACTIONS)]
}

const sendStatements = (
  scope: Construct,
  house: House,
  keys: Keys,
  queues: readonly Queue[] = [],
): PolicyStatement[] =>
  queues.length === 0
    ? []
    : [
        new PolicyStatement({
          actions: ['sqs:SendMessage'],
          resources: queues.map((queue) => arnOfQueue(scope, house, queue)),
        }),
        useOfKey(keys.data.keyArn, 'sqs', ['kms:GenerateDataKey', 'kms:Decrypt']),
      ]

const sealStatement = (keys: Keys, action: string, purposes: readonly SealPurpose[] = []): PolicyStatement[] =>
  purposes.length === 0
    ? []
    : [
        new PolicyStatement({
          actions: [action],
          resources: [keys.seal.keyArn],
          // The purpose is bound to the sealed text: one purpose cannot open what another has sealed.
          conditions: { StringEquals: { 'kms:EncryptionContext:purpose': [...purposes] } },
        }),
      ]

const vaultStatements = (keys: Keys, vault: VaultGrants = {}): PolicyStatement[] => [
  ...(vault.hash ?? []).flatMap((name) => readSecret(keys, keys.hashing[name].secretArn)),
  ...sealStatement(keys, 'kms:GenerateDataKeyWithoutPlaintext', vault.newSealedKey),
  ...sealStatement(keys, 'kms:Decrypt', vault.unseal),
  ...(vault.sign ?? []).map(
    (name) =>
      new PolicyStatement({
        actions: ['kms:Sign'],
        resources: [keys.signing[name].keyArn],
        conditions: { StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' } },
      }),
  ),
]

export const readSecret = (keys: Keys, secretArn: string): PolicyStatement[] => [
  new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretArn] }),
  useOfKey(keys.data.keyArn, 'secretsmanager', ['kms:Decrypt']),
]

const blobStatements = (house: House, keys: Keys, blobs: Powers['blobs'] = {}): PolicyStatement[] => {
  const documentsOf = (buckets: readonly Bucket[]) => buckets.map((bucket) => `${arnOfBucket(house, bucket)}/*`)
  const put = blobs.put ?? []
  const get = blobs.get ?? []
  return [
    ...(put.length === 0
      ? []
      : [
          // Reading goes with it: a put whose answer was lost looks whether the document is its own.
          new PolicyStatement({ actions: ['s3:PutObject', 's3:GetObject'], resources: documentsOf(put) }),
          useOfKey(keys.data.keyArn, 's3', ['kms:GenerateDataKey', 'kms:Decrypt']),
        ]),
    ...(get.length === 0
      ? []
      : [
          new PolicyStatement({ actions: ['s3:GetObject'], resources: documentsOf(get) }),
          // Without it S3 answers "forbidden" for "not there", and a missing document would look like a fault.
          new PolicyStatement({
            actions: ['s3:ListBucket'],
            resources: get.map((bucket) => arnOfBucket(house, bucket)),
          }),
          useOfKey(keys.data.keyArn, 's3', ['kms:Decrypt']),
        ]),
  ]
}

/** As cdk-nag prints it. A document's name is not known beforehand; the bucket's is. */
export const documentWildcards = (house: House, powers: Powers): readonly string[] => [
  ...new Set(
    [...(powers.blobs?.put ?? []), ...(powers.blobs?.get ?? [])].map(
      ({ name }) => `Resource::arn:<AWS::Partition>:s3:::${house.names.plain(name)}-<AWS::AccountId>/*`,
    ),
  ),
]

export const statementsOf = (scope: Construct, house: House, keys: Keys, powers: Powers): PolicyStatement[] => [
  ...recordStatements(scope, house, keys, powers),
  ...sendStatements(scope, house, keys, powers.sends),
  ...vaultStatements(keys, powers.vault),
  ...blobStatements(house, keys, powers.blobs),
]
