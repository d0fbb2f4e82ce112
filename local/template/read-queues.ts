import { z } from 'zod'
import { addresses } from './addresses.ts'
import type { Land } from './land.ts'
import type { MappingPlan, QueuePlan } from './plan.ts'
import { count, flag, propertiesOf, refusal, shape } from './properties.ts'
import type { Site } from './site.ts'

/** How many batches Lambda takes at once from a quiet queue before it adds more. */
const BATCHES_AT_ONCE = 5
const MAX_BATCH = 10

const Queue = shape(
  {
    QueueName: z.string().optional(),
    FifoQueue: z.undefined().optional(),
    VisibilityTimeout: count.optional(),
    MessageRetentionPeriod: count.optional(),
    DelaySeconds: count.optional(),
    MaximumMessageSize: count.optional(),
    ReceiveMessageWaitTimeSeconds: count.optional(),
    RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: count }).optional(),
  },
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'Tags',
  'RedriveAllowPolicy',
)

const attributeNames = [
  'VisibilityTimeout',
  'MessageRetentionPeriod',
  'DelaySeconds',
  'MaximumMessageSize',
  'ReceiveMessageWaitTimeSeconds',
] as const

export const readQueues = (land: Land): readonly QueuePlan[] =>
  land.ofType('AWS::SQS::Queue').map((site) => queueOf(land, site))

const queueOf = (land: Land, site: Site): QueuePlan => {
  if (site.properties()['FifoQueue'] !== undefined) throw refusal(site, 'a FIFO queue')
  const read = propertiesOf(site, Queue)
  const attributes: Record<string, string> = {}
  for (const name of attributeNames) if (read[name] !== undefined) attributes[name] = String(read[name])
  if (read.RedrivePolicy) attributes['RedrivePolicy'] = JSON.stringify(read.RedrivePolicy)
  return {
    id: site.name,
    name: addresses.nameOf(site),
    arn: addresses.arn(site, land.setting),
    url: addresses.ref(site, land.setting),
    attributes,
  }
}

const Mapping = shape(
  {
    FunctionName: z.string(),
    EventSourceArn: z.string(),
    BatchSize: count.max(10_000).default(MAX_BATCH),
    MaximumBatchingWindowInSeconds: count.default(0),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).optional(),
    ScalingConfig: z.strictObject({ MaximumConcurrency: count }).optional(),
    Enabled: flag.default(true),
  },
  'Tags',
  'MetricsConfig',
)

export const readMappings = (land: Land): readonly MappingPlan[] =>
  land.ofType('AWS::Lambda::EventSourceMapping').flatMap((site) => {
    const read = propertiesOf(site, Mapping)
    const queue = land.behind(read.EventSourceArn, 'AWS::SQS::Queue')
    const worker = land.behind(read.FunctionName, 'AWS::Lambda::Function')
    if (!queue) throw refusal(site, `events from ${read.EventSourceArn}, which is no queue of this template`)
    if (!worker) throw refusal(site, `the function ${read.FunctionName}, which is not in this template`)
    if (!read.Enabled) return []
    return [
      {
        id: site.name,
        functionId: worker.name,
        queueUrl: addresses.ref(queue, land.setting),
        queueArn: addresses.arn(queue, land.setting),
        batchSize: read.BatchSize,
        windowMs: read.MaximumBatchingWindowInSeconds * 1_000,
        partialReplies: read.FunctionResponseTypes !== undefined,
        maxConcurrency: read.ScalingConfig?.MaximumConcurrency ?? BATCHES_AT_ONCE,
      },
    ]
  })
