// After closing, every entry of a lane is counted with strong reads, once; the count is recorded and published as a
// signed document that is never replaced. Each step can be repeated: the first result stands.
import { clearDue } from '../due/due.ts'
import type { Lane } from '../kernel/caller.ts'
import type { Ports } from '../kernel/ports.ts'
import type { MessageOf } from '../kernel/queue.ts'
import type { Records } from '../kernel/records.ts'
import type { ItemOf } from '../kernel/table.ts'
import { taipeiTime } from '../kernel/taipei-time.ts'
import type { laneClosings } from './closing-contract.ts'
import {
  BUCKETS_PER_LANE,
  bucketName,
  closings,
  openBooks,
  type RegistrationRecord,
  registrationsIn,
} from './records.ts'
import type { CampaignId, PoolId } from './words.ts'

type Needs = Pick<Ports, 'blobs' | 'clock' | 'records' | 'vault'>
type LaneClosing = ItemOf<typeof closings>

const PAGE = 1_000
/** Five million entries of one lane, all in one bucket, would fit. */
const MAX_PAGES_PER_BUCKET = 5_000

export const countClosedLane =
  (ports: Needs) =>
  async ({ campaignId, lane, due }: MessageOf<typeof laneClosings>): Promise<void> => {
    const closing =
      (await ports.records.get(closings, { campaignId, lane }, { consistent: true })) ??
      (await count(ports, campaignId, lane))
    await publish(ports, closing)
    await clearDue(ports.records, due)
  }

const count = async (ports: Needs, campaignId: CampaignId, lane: Lane): Promise<LaneClosing> => {
  const closing: LaneClosing = {
    campaignId,
    lane,
    count: await tally(ports.records, campaignId, lane),
    countedAt: ports.clock.now(),
  }
  // Stops a second delivery from replacing a count that may have been published.
  const put = await ports.records.putIfAbsent(closings, closing)
  return put.ok ? put.value : (put.refusal.found ?? closing)
}

const tally = async (records: Records, campaignId: CampaignId, lane: Lane): Promise<LaneClosing['count']> => {
  const byPool = new Map<PoolId, number>()
  let standing = 0
  let withdrawn = 0
  for (let place = 0; place < BUCKETS_PER_LANE; place += 1) {
    for await (const entry of entriesIn(records, lane, bucketName(campaignId, place))) {
      if (entry.status === 'WITHDRAWN') withdrawn += 1
      else {
        standing += 1
        for (const poolId of entry.pools) byPool.set(poolId, (byPool.get(poolId) ?? 0) + 1)
      }
    }
  }
  return { standing, withdrawn, byPool: Object.fromEntries(byPool) }
}

async function* entriesIn(records: Records, lane: Lane, partition: string): AsyncGenerator<RegistrationRecord> {
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES_PER_BUCKET; page += 1) {
    const listed = await records.list(registrationsIn(lane), {
      partition,
      consistent: true,
      limit: PAGE,
      ...(after ? { after } : {}),
    })
    yield* listed.items
    after = listed.after
    if (after === undefined) return
  }
  throw new Error(`bucket ${partition} does not end`)
}

/** Canonical text first, then its signature: whoever has the public key can check it without us. */
const publish = async (ports: Needs, { campaignId, lane, count, countedAt }: LaneClosing): Promise<void> => {
  const statement = JSON.stringify({ campaignId, lane, ...count, countedAt: taipeiTime(countedAt) })
  const signature = await ports.vault.sign('open-books', statement)
  await ports.blobs.putOnce(openBooks, `campaigns/${campaignId}/closing-${lane}.json`, {
    contentType: 'application/json',
    body: JSON.stringify({ statement, signature }),
  })
}
