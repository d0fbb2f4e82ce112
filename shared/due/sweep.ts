// Sends what is overdue. A mark is moved on before its message is sent: a crash in between costs one delay, never the work.
// Each mark stands for itself: one that fails, or cannot be read, holds up no other.
import type { Instant, Ports } from '../kernel/ports.ts'
import type { Queue } from '../kernel/queue.ts'
import { putting, removing } from '../kernel/records.ts'
import type { Schedule } from '../kernel/schedule.ts'
import type { ItemOf } from '../kernel/table.ts'
import { DueMark, dueKeyOf, dueMarks, idOf, lastDueKeyAt, shardsOf } from './records.ts'

const MINUTE_MS = 60_000
/** Long enough for a consumer to finish and clear; a message sent twice is no harm. */
export const RESEND_AFTER_MS = 5 * MINUTE_MS
/** What fails again and again is tried less and less often, at last once an hour, until somebody mends it. */
const MAX_RESEND_AFTER_MS = 60 * MINUTE_MS
const PAGE = 100
/** What is left over waits a minute; so many marks in one shard mean that a consumer is down. */
const MAX_PAGES_PER_SHARD = 20

type Needs = Pick<Ports, 'clock' | 'records' | 'work'>
type Mark = ItemOf<typeof dueMarks>

export const sweepDue = (sweep: Schedule) => (ports: Needs) => async (): Promise<void> => {
  const startedAt = ports.clock.now()
  // What is begun must end within the time: half of it is left for the mark under way.
  const stopAt = startedAt + sweep.budgetMs / 2
  const failures: unknown[] = []
  for (const queue of sweep.sends ?? []) {
    for (const shard of inTurn(shardsOf(queue.name), startedAt)) {
      await sweepShard(ports, queue, shard, stopAt).catch((failure: unknown) => failures.push(failure))
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} shards were not swept to their end`)
}

/** Each minute another shard comes first, so that under a lasting backlog none starves. */
const inTurn = (shards: readonly string[], now: Instant): readonly string[] => {
  const first = Math.floor(now / MINUTE_MS) % shards.length
  return [...shards.slice(first), ...shards.slice(0, first)]
}

const sweepShard = async (ports: Needs, queue: Queue, shard: string, stopAt: Instant): Promise<void> => {
  const to = lastDueKeyAt(ports.clock.now())
  const failures: unknown[] = []
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES_PER_SHARD; page += 1) {
    const range = { partition: shard, to, limit: PAGE, ...(after ? { after } : {}) }
    const listed = await ports.records.list(dueMarks, range)
    for (const mark of listed.items) {
      if (ports.clock.now() >= stopAt) return
      await resend(ports, queue, mark).catch((failure: unknown) => failures.push(failure))
    }
    after = listed.after
    if (after === undefined) break
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} marks of ${shard} were not sent`)
}

const resend = async (ports: Needs, queue: Queue, mark: Mark): Promise<void> => {
  const due = markAfter(mark, ports.clock.now())
  // Read first: what cannot be read stays where it is and is told of every minute.
  const message = queue.message.parse({ ...wordsOf(mark), due })
  if (await moveOn(ports, mark, due)) await ports.work.send(queue, [message])
}

const wordsOf = (mark: Mark): object => {
  try {
    return JSON.parse(mark.message)
  } catch {
    throw new Error(`the mark ${mark.dueKey} holds no message`)
  }
}

const markAfter = (mark: Mark, now: Instant): DueMark => {
  const delay = Math.min(RESEND_AFTER_MS * 2 ** mark.sendings, MAX_RESEND_AFTER_MS)
  return DueMark.parse({ shard: mark.shard, dueKey: dueKeyOf(now + delay, idOf(mark.dueKey)) })
}

/** Stops two sweeps from sending one mark: whoever moves it sends it. `false` when it was cleared or moved meanwhile. */
const moveOn = async (ports: Needs, mark: Mark, due: DueMark): Promise<boolean> => {
  const moved = await ports.records.together([
    removing(dueMarks, { shard: mark.shard, dueKey: mark.dueKey }, {}),
    putting(dueMarks, { ...mark, ...due, sendings: mark.sendings + 1 }),
  ])
  return moved.ok
}
