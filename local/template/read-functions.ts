import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { addresses } from './addresses.ts'
import { isHelperOfCdk } from './kinds.ts'
import type { Land } from './land.ts'
import type { FunctionPlan } from './plan.ts'
import { count, propertiesOf, refusal, shape } from './properties.ts'
import type { Site } from './site.ts'

/** Lambda's own defaults. */
const TIMEOUT_SECONDS = 3
const MEMORY_MB = 128
const ASYNC_RETRIES = 2

const Lambda = shape(
  {
    FunctionName: z.string().optional(),
    Handler: z.string(),
    Runtime: z.templateLiteral(['nodejs', z.string()]),
    Role: z.string(),
    Timeout: count.default(TIMEOUT_SECONDS),
    MemorySize: count.default(MEMORY_MB),
    Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
    ReservedConcurrentExecutions: count.optional(),
    LoggingConfig: shape(
      { LogGroup: z.string().optional() },
      'LogFormat',
      'ApplicationLogLevel',
      'SystemLogLevel',
    ).optional(),
    Layers: z.undefined().optional(),
    VpcConfig: z.undefined().optional(),
    FileSystemConfigs: z.undefined().optional(),
    DeadLetterConfig: z.undefined().optional(),
    PackageType: z.literal('Zip').optional(),
  },
  'Code',
  'Architectures',
  'Description',
  'Tags',
  'TracingConfig',
  'KmsKeyArn',
  'RuntimeManagementConfig',
  'RecursiveLoop',
  'SnapStart',
  'EphemeralStorage',
)
const Retries = shape(
  {
    FunctionName: z.string(),
    Qualifier: z.string(),
    MaximumRetryAttempts: count.default(ASYNC_RETRIES),
    DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }).optional(),
  },
  'MaximumEventAgeInSeconds',
)

interface Asynchronous {
  readonly maxRetries: number
  readonly missedUrl?: string
}

/** Functions of the city; those that custom resources of the CDK bring along are for deployments alone. */
export const readFunctions = (land: Land): readonly FunctionPlan[] => {
  const asynchronous = new Map(land.ofType('AWS::Lambda::EventInvokeConfig').map((site) => asynchronousOf(land, site)))
  return land
    .ofType('AWS::Lambda::Function')
    .filter((site) => !isHelperOfCdk(site.resource.path))
    .map((site) => functionOf(land, site, asynchronous.get(site.name) ?? { maxRetries: ASYNC_RETRIES }))
}

const asynchronousOf = (land: Land, site: Site): readonly [string, Asynchronous] => {
  const read = propertiesOf(site, Retries)
  const lambda = land.behind(read.FunctionName, 'AWS::Lambda::Function')
  if (!lambda) throw refusal(site, `the function ${read.FunctionName}, which is not in this template`)
  const target = read.DestinationConfig?.OnFailure.Destination
  const queue = target === undefined ? undefined : land.behind(target, 'AWS::SQS::Queue')
  if (target !== undefined && !queue)
    throw refusal(site, `the destination ${target}, which is no queue of this template`)
  return [
    lambda.name,
    { maxRetries: read.MaximumRetryAttempts, ...(queue ? { missedUrl: addresses.ref(queue, land.setting) } : {}) },
  ]
}

const functionOf = (land: Land, site: Site, asynchronous: Asynchronous): FunctionPlan => {
  const read = propertiesOf(site, Lambda)
  const asset = site.resource.metadata['aws:asset:path']
  if (typeof asset !== 'string') throw refusal(site, 'code that is no asset of this assembly')
  const directory = resolve(site.resource.directory, asset)
  if (!existsSync(directory)) throw refusal(site, `its code in ${directory}, which is not there`)
  const role = land.behind(read.Role, 'AWS::IAM::Role')
  const name = addresses.nameOf(site)
  return {
    id: site.name,
    name,
    arn: addresses.arn(site, land.setting),
    path: site.resource.path,
    directory,
    handler: read.Handler,
    timeoutMs: read.Timeout * 1_000,
    memoryMb: read.MemorySize,
    environment: withLocalQueues(read.Environment?.Variables ?? {}, land),
    ...(read.ReservedConcurrentExecutions === undefined
      ? {}
      : { reservedConcurrency: read.ReservedConcurrentExecutions }),
    role: role?.name ?? '',
    ...asynchronous,
    logGroup: read.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
  }
}

/** A queue named by its address in the cloud is the queue of the same name here. */
const withLocalQueues = (variables: Readonly<Record<string, string>>, land: Land): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      value.replace(/^https:\/\/sqs\.[^/]+\/\d+\/([^/]+)$/, `${land.setting.queueEndpoint}/${land.setting.account}/$1`),
    ]),
  )
