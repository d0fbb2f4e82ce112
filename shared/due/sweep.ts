// Sends what is overdue. A mark is moved on before its message is sent: a crash in between costs one delay, never the work.
import type { Ports } from '../kernel/ports.ts'
import type { Queue } from '../kernel/queue.ts'
import { putting, removing } from '../kernel/records.ts'
import type { Schedule } from '../kernel/schedule.ts'
import type { ItemOf } from '../kernel/table.ts'
import { DueMark, dueKeyOf, dueMarks, idOf, lastDueKeyAt, shardsOf } from './records.ts'

/** Long enough for a consumer to finish and clear; a message sent twice is no harm. */
export const RESEND_AFTER_MS = 300_000
const PAGE = 100
/** What is left over waits a minute; so many marks in one shard mean that a consumer is down. */
const MAX_PAGES_PER_SHARD = 20

type Needs = Pick<Ports, 'clock' | 'records' | 'work'>
type Mark = ItemOf<typeof dueMarks>

export const sweepDue = (sweep: Schedule) => (ports: Needs) => async (): Promise<void> => {
  // What is begun must end within the time: half of it is left for the page under way.
  const stopAt = ports.clock.now() + sweep.budgetMs / 2
  for (const queue of sweep.sends ?? []) {
    for (const shard of shardsOf(queue.name)) await sweepShard(ports, queue, shard, stopAt)
  }
}

const sweepShard = async (ports: Needs, queue: Queue, shard: string, stopAt: number): Promise<void> => {
  const to = lastDueKeyAt(ports.clock.now())
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES_PER_SHARD && ports.clock.now() < stopAt; page += 1) {
    const listed = await ports.records.list(dueMarks, {
      partition: shard,
      to,
      limit: PAGE,
      ...(after ? { after } : {}),
    })
    await resend(ports, queue, listed.items)
    after = listed.after
    if (after === undefined) return
  }
}

const resend = async (ports: Needs, queue: Queue, marks: readonly Mark[]): Promise<void> => {
  const messages: unknown[] = []
  for (const mark of marks) {
    const due = await moveOn(ports, mark)
    if (due) messages.push(queue.message.parse({ ...JSON.parse(mark.message), due }))
  }
  if (messages.length > 0) await ports.work.send(queue, messages)
}

/** Stops two sweeps from sending one mark: whoever moves it sends it. `undefined` when it was cleared or moved meanwhile. */
const moveOn = async (ports: Needs, mark: Mark): Promise<DueMark | undefined> => {
  const due = DueMark.parse({
    shard: mark.shard,
    dueKey: dueKeyOf(ports.clock.now() + RESEND_AFTER_MS, idOf(mark.dueKey)),
  })
  const moved = await ports.records.together([
    removing(dueMarks, { shard: mark.shard, dueKey: mark.dueKey }, {}),
    putting(dueMarks, { ...mark, ...due, sendings: mark.sendings + 1 }),
  ])
  return moved.ok ? due : undefined
}
