import { z } from 'zod'
import { addresses } from './addresses.ts'
import type { Fields } from './json.ts'
import type { Land } from './land.ts'
import type { TablePlan } from './plan.ts'
import { flag, propertiesOf, refusal, shape } from './properties.ts'
import type { Site } from './site.ts'

const KeySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
const Attributes = z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }))
const Index = shape(
  {
    IndexName: z.string(),
    KeySchema,
    Projection: z.strictObject({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()).optional() }),
  },
  'ProvisionedThroughput',
  'WarmThroughput',
  'OnDemandThroughput',
  'ContributorInsightsSpecification',
  'WriteProvisionedThroughputSettings',
  'WriteOnDemandThroughputSettings',
)
const common = {
  TableName: z.string().optional(),
  KeySchema,
  AttributeDefinitions: Attributes,
  GlobalSecondaryIndexes: z.array(Index).optional(),
  LocalSecondaryIndexes: z.array(Index).optional(),
  StreamSpecification: z.unknown().optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().optional(), Enabled: flag }).optional(),
}
const Table = shape(
  {
    ...common,
    KinesisStreamSpecification: z.undefined().optional(),
    ImportSourceSpecification: z.undefined().optional(),
  },
  'BillingMode',
  'ProvisionedThroughput',
  'OnDemandThroughput',
  'WarmThroughput',
  'PointInTimeRecoverySpecification',
  'SSESpecification',
  'DeletionProtectionEnabled',
  'Tags',
  'TableClass',
  'ContributorInsightsSpecification',
  'ResourcePolicy',
)
const Replica = shape(
  { Region: z.string(), KinesisStreamSpecification: z.undefined().optional() },
  'PointInTimeRecoverySpecification',
  'DeletionProtectionEnabled',
  'Tags',
  'TableClass',
  'SSESpecification',
  'ContributorInsightsSpecification',
  'GlobalSecondaryIndexes',
  'ReadOnDemandThroughputSettings',
  'ResourcePolicy',
  'ReadProvisionedThroughputSettings',
  'ReplicaStreamSpecification',
)
const GlobalTable = shape(
  { ...common, Replicas: z.array(Replica) },
  'BillingMode',
  'SSESpecification',
  'WarmThroughput',
  'WriteOnDemandThroughputSettings',
  'WriteProvisionedThroughputSettings',
  'MultiRegionConsistency',
)

export const readTables = (land: Land): readonly TablePlan[] => [
  ...land.ofType('AWS::DynamoDB::Table').map((site) => tableOf(land, site, propertiesOf(site, Table))),
  ...land.ofType('AWS::DynamoDB::GlobalTable').map((site) => tableOf(land, site, propertiesOf(site, GlobalTable))),
]

type Read = Pick<z.infer<typeof Table>, keyof typeof common>

const tableOf = (land: Land, site: Site, read: Read): TablePlan => {
  // A table of one replica gets a stream in no case; of several it would need one, and dynoxide slows down with it.
  if (read.StreamSpecification !== undefined)
    throw refusal(site, 'a stream on a table; dynoxide slows down with every write')
  const name = addresses.nameOf(site)
  return { id: site.name, name, arn: addresses.arn(site, land.setting), definition: definitionOf(name, read) }
}

const indexesOf = (indexes: Read['GlobalSecondaryIndexes']): readonly Fields[] | undefined =>
  indexes?.map(({ IndexName, KeySchema: keys, Projection }) => ({ IndexName, KeySchema: keys, Projection }))

const definitionOf = (name: string, read: Read): Fields => {
  const global = indexesOf(read.GlobalSecondaryIndexes)
  const local = indexesOf(read.LocalSecondaryIndexes)
  const indexes = [...(global ?? []), ...(local ?? [])]
  const used = new Set(read.KeySchema.map((key) => key.AttributeName))
  for (const index of [...(read.GlobalSecondaryIndexes ?? []), ...(read.LocalSecondaryIndexes ?? [])]) {
    for (const key of index.KeySchema) used.add(key.AttributeName)
  }
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: read.KeySchema,
    AttributeDefinitions: read.AttributeDefinitions.filter((attribute) => used.has(attribute.AttributeName)),
    ...(indexes.length > 0 && global ? { GlobalSecondaryIndexes: global } : {}),
    ...(indexes.length > 0 && local ? { LocalSecondaryIndexes: local } : {}),
  }
}
