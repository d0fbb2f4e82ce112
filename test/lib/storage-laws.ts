// What must be true of everything that keeps something: tables, buckets, logs, queues, keys, secrets.
import { at, type Found, listAt, nameOf, ofType, type StackTemplate, textOf } from './templates.ts'

const breaches = (found: readonly Found[], rule: string, holds: (resource: Found) => boolean): readonly string[] =>
  found.filter((resource) => !holds(resource)).map((resource) => `${nameOf(resource)}: ${rule}`)

export const tableLaws = (stacks: readonly StackTemplate[]): readonly string[] => {
  const tables = ofType(stacks, 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table')
  const everyReplica = (holds: (replica: unknown) => boolean) => (table: Found) => {
    const replicas = listAt(table.properties, 'Replicas')
    return replicas.length > 0 && replicas.every(holds)
  }
  return [
    ...breaches(
      tables,
      'can be restored to any second',
      everyReplica((replica) => at(replica, 'PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled') === true),
    ),
    ...breaches(
      tables,
      'cannot be deleted by mistake',
      everyReplica((replica) => at(replica, 'DeletionProtectionEnabled') === true),
    ),
    ...breaches(
      tables,
      'is encrypted with the key of the stage',
      everyReplica((replica) => at(replica, 'SSESpecification', 'KMSMasterKeyId') !== undefined),
    ),
    ...breaches(tables, 'is paid by request', ({ properties }) => properties.BillingMode === 'PAY_PER_REQUEST'),
    ...breaches(tables, 'has no stream', ({ properties }) => properties.StreamSpecification === undefined),
    ...breaches(
      tables,
      'has no index that would throttle it',
      ({ properties }) => listAt(properties, 'GlobalSecondaryIndexes').length === 0,
    ),
    ...breaches(tables, 'outlives its stack', ({ isKept }) => isKept),
  ]
}

const PUBLIC_ACCESS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets']

/** Refuses whatever comes over plain HTTP. */
const refusesPlain = (policy: unknown): boolean =>
  listAt(policy, 'Statement').some(
    (statement) =>
      at(statement, 'Effect') === 'Deny' &&
      at(statement, 'Condition', 'Bool', 'aws:SecureTransport') === 'false' &&
      ['*', 's3:*', 'sqs:*', 'sns:*'].includes(textOf(at(statement, 'Action'))),
  )

export const bucketLaws = (stacks: readonly StackTemplate[]): readonly string[] => {
  const buckets = ofType(stacks, 'AWS::S3::Bucket')
  const policies = ofType(stacks, 'AWS::S3::BucketPolicy')
  const policyOf = ({ id, stack }: Found) =>
    policies.find((policy) => policy.stack === stack && textOf(policy.properties.Bucket) === `<${id}>`)
  return [
    ...breaches(buckets, 'is private', ({ properties }) =>
      PUBLIC_ACCESS.every((block) => at(properties, 'PublicAccessBlockConfiguration', block) === true),
    ),
    ...breaches(buckets, 'is encrypted', ({ properties }) => at(properties, 'BucketEncryption') !== undefined),
    ...breaches(
      buckets,
      'keeps former versions',
      ({ properties }) => at(properties, 'VersioningConfiguration', 'Status') === 'Enabled',
    ),
    ...breaches(buckets, 'is reached over TLS only', (bucket) =>
      refusesPlain(at(policyOf(bucket)?.properties, 'PolicyDocument')),
    ),
    ...breaches(buckets, 'outlives its stack', ({ isKept }) => isKept),
  ]
}

export const logLaws = (stacks: readonly StackTemplate[]): readonly string[] => {
  const groups = ofType(stacks, 'AWS::Logs::LogGroup')
  return [
    ...breaches(
      groups,
      'is kept for a stated time',
      ({ properties }) => typeof properties.RetentionInDays === 'number',
    ),
    ...breaches(
      groups,
      'is encrypted with the key of the stage',
      ({ properties }) => properties.KmsKeyId !== undefined,
    ),
  ]
}

const isDeadLetters = (queue: Found, queues: readonly Found[]): boolean =>
  queues.some((other) => textOf(at(other.properties, 'RedrivePolicy', 'deadLetterTargetArn')) === `<${queue.id}.Arn>`)

export const queueLaws = (stacks: readonly StackTemplate[]): readonly string[] =>
  stacks.flatMap((stack) => {
    const queues = ofType([stack], 'AWS::SQS::Queue')
    const failures = ofType([stack], 'AWS::Lambda::EventInvokeConfig').map(({ properties }) =>
      textOf(at(properties, 'DestinationConfig', 'OnFailure', 'Destination')),
    )
    const policies = ofType([stack], 'AWS::SQS::QueuePolicy')
    const takesFailures = (queue: Found) => isDeadLetters(queue, queues) || failures.includes(`<${queue.id}.Arn>`)
    return [
      ...breaches(
        queues,
        'has dead letters',
        (queue) => takesFailures(queue) || at(queue.properties, 'RedrivePolicy') !== undefined,
      ),
      ...breaches(
        queues,
        'is encrypted with the key of the stage',
        ({ properties }) => properties.KmsMasterKeyId !== undefined,
      ),
      ...breaches(queues, 'is reached over TLS only', ({ id }) =>
        policies.some(
          ({ properties }) =>
            listAt(properties, 'Queues').some((queue) => textOf(queue) === `<${id}>`) &&
            refusesPlain(properties.PolicyDocument),
        ),
      ),
    ]
  })

export const keyLaws = (stacks: readonly StackTemplate[]): readonly string[] => [
  ...breaches(
    ofType(stacks, 'AWS::KMS::Key'),
    'is rotated, or signs',
    ({ properties }) => properties.EnableKeyRotation === true || properties.KeyUsage === 'SIGN_VERIFY',
  ),
  ...breaches(
    ofType(stacks, 'AWS::SecretsManager::Secret'),
    'is encrypted with the key of the stage',
    ({ properties }) => properties.KmsKeyId !== undefined,
  ),
  ...breaches(
    ofType(stacks, 'AWS::SecretsManager::Secret'),
    'is made by AWS and stands in no template',
    ({ properties }) => properties.SecretString === undefined && properties.GenerateSecretString !== undefined,
  ),
]
