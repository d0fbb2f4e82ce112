// The record is the truth, the queue is a hint: whatever is to be done has a mark here, written by the same
// commit that made it due. Marks are spread over shards, so that a storm of them makes no hot key.
import * as z from 'zod'
import { sha256Bytes } from '../kernel/digest.ts'
import type { Instant } from '../kernel/ports.ts'
import { table } from '../kernel/table.ts'

export const SHARDS_PER_QUEUE = 16

/** Where a mark stands; a message carries it, so that its consumer can clear it. */
export const DueMark = z.strictObject({ shard: z.string(), dueKey: z.string() })
export type DueMark = z.infer<typeof DueMark>

export const dueMarks = table({
  name: 'due-marks',
  holds: 'work that is due, by queue shard and time; cleared by whoever did it',
  partitionKey: 'shard',
  sortKey: 'dueKey',
  item: z.strictObject({
    shard: z.string(),
    dueKey: z.string(),
    /** The message without its mark, as JSON. */
    message: z.string(),
    sendings: z.int(),
  }),
})

/** Thirteen digits hold every millisecond until the year 2286, so text order is time order. */
const INSTANT_DIGITS = 13
const stamp = (instant: Instant): string => String(instant).padStart(INSTANT_DIGITS, '0')

export const dueKeyOf = (dueAt: Instant, id: string): string => `${stamp(dueAt)}#${id}`
export const idOf = (dueKey: string): string => dueKey.slice(INSTANT_DIGITS + 1)
/** No mark that is due by then sorts after it. */
export const lastDueKeyAt = (instant: Instant): string => `${stamp(instant)}#\u{10ffff}`

export const shardsOf = (queueName: string): readonly string[] =>
  Array.from({ length: SHARDS_PER_QUEUE }, (_, shard) => `${queueName}#${shard}`)

export const markOf = (queueName: string, dueAt: Instant, id: string): DueMark => ({
  shard: `${queueName}#${(sha256Bytes(id)[0] ?? 0) % SHARDS_PER_QUEUE}`,
  dueKey: dueKeyOf(dueAt, id),
})
