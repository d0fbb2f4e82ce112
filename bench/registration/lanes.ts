// What really stands in the two lanes: every bucket read by its key from the engine itself, past the city's own code.
import { z } from 'zod'
import { awsJson } from '../../local/engine/aws-json.ts'
import { registrationNumberOf } from '../../shared/campaign/entrant.ts'
import { BUCKETS_PER_LANE, bucketName } from '../../shared/campaign/records.ts'
import { CampaignId } from '../../shared/campaign/words.ts'
import type { Stage } from '../stage.ts'

const Page = z.object({
  Items: z.array(z.record(z.string(), z.unknown())),
  LastEvaluatedKey: z.record(z.string(), z.unknown()).optional(),
})
const Entrant = z.object({ entrant: z.object({ S: z.string() }) })
/** A page is 1 MB; more than this in one bucket would be a campaign larger than the country. */
const MAX_PAGES = 1_000

export interface Standing {
  /** One for each row; a number that comes twice is one person entered twice. */
  readonly numbers: readonly string[]
  readonly largestItemBytes: number
}

export const readLanes = async (stage: Stage, campaign: string): Promise<Standing> => {
  const campaignId = CampaignId.parse(campaign)
  const numbers: string[] = []
  let largestItemBytes = 0
  for (const table of stage.tables.filter((name) => /registrations-(odd|even)$/.test(name))) {
    for (let place = 0; place < BUCKETS_PER_LANE; place += 1) {
      for await (const item of itemsOf(stage, table, bucketName(campaignId, place))) {
        numbers.push(registrationNumberOf(campaignId, Entrant.parse(item).entrant.S))
        largestItemBytes = Math.max(largestItemBytes, itemBytes(item))
      }
    }
  }
  return { numbers, largestItemBytes }
}

async function* itemsOf(stage: Stage, table: string, bucket: string) {
  const call = awsJson(stage.dynamodb, 'DynamoDB_20120810', stage.region)
  let from: Record<string, unknown> | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const read = Page.parse(
      await call('Query', {
        TableName: table,
        KeyConditionExpression: '#bucket = :bucket',
        ExpressionAttributeNames: { '#bucket': 'bucket' },
        ExpressionAttributeValues: { ':bucket': { S: bucket } },
        ...(from && { ExclusiveStartKey: from }),
      }),
    )
    yield* read.Items
    from = read.LastEvaluatedKey
    if (!from) return
  }
  throw new Error(`${table} ${bucket} has no end`)
}

/** As DynamoDB counts: names and values in UTF-8, 3 bytes for a list and 1 for each of its elements, a number by its digits. */
export const itemBytes = (item: Readonly<Record<string, unknown>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0)

const Value = z.union([
  z.object({ S: z.string() }).transform(({ S }) => Buffer.byteLength(S)),
  z
    .object({ N: z.string() })
    .transform(({ N }) => Math.ceil(N.replace(/[-.]/g, '').length / 2) + 1 + (N.startsWith('-') ? 1 : 0)),
  z
    .object({ L: z.array(z.unknown()) })
    .transform(({ L }) => L.reduce<number>((sum, each) => sum + 1 + valueBytes(each), 3)),
])
const valueBytes = (value: unknown): number => Value.parse(value)
