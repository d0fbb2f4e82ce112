// What DynamoDB refuses as malformed is a bug of the caller. Both adapters refuse it here, before anything is sent, so
// that a test on the memory adapter finds what the cloud would have found.
import type { Change, Range, Step } from '../kernel/records.ts'
import { MAX_KEYS_AT_ONCE, MAX_STEPS } from '../kernel/records.ts'
import type { Table } from '../kernel/table.ts'
import type { Row } from './attribute-values.ts'

export class Misuse extends Error {
  override readonly name = 'Misuse'
}

const misuse = (table: Table, sentence: string): never => {
  throw new Misuse(`${table.name}: ${sentence}`)
}

/** DynamoDB's own bounds on keys, in bytes of UTF-8. */
const MAX_PARTITION_KEY_BYTES = 2_048
const MAX_SORT_KEY_BYTES = 1_024

const keyPart = (table: Table, attribute: string, value: unknown, maxBytes: number): string => {
  if (typeof value !== 'string' || value === '') return misuse(table, `the key ${attribute} is not a filled string`)
  if (Buffer.byteLength(value) > maxBytes) return misuse(table, `the key ${attribute} is longer than ${maxBytes} bytes`)
  return value
}

/** The key of an item, picked from it or given alone; other attributes are left out. */
export const keyOf = (table: Table, from: Readonly<Row>): Record<string, string> => {
  const partition = keyPart(table, table.partitionKey, from[table.partitionKey], MAX_PARTITION_KEY_BYTES)
  if (table.sortKey === undefined) return { [table.partitionKey]: partition }
  const sort = keyPart(table, table.sortKey, from[table.sortKey], MAX_SORT_KEY_BYTES)
  return { [table.partitionKey]: partition, [table.sortKey]: sort }
}

/** One text per key, for comparing keys. */
export const keyText = (table: Table, from: Readonly<Row>): string =>
  JSON.stringify([table.name, ...Object.values(keyOf(table, from))])

/** Each attribute is changed at most once, and the key never: an item does not move. */
export const checkChange = (table: Table, change: Change<Row>): void => {
  const touched = [
    ...Object.keys(change.set ?? {}),
    ...Object.keys(change.add ?? {}),
    ...Object.keys(change.append ?? {}),
    ...(change.clear ?? []),
  ]
  const seen = new Set<string>([table.partitionKey, table.sortKey ?? table.partitionKey])
  for (const attribute of touched) {
    if (seen.has(attribute)) misuse(table, `${attribute} is part of the key or changed twice`)
    seen.add(attribute)
  }
}

export const checkRange = (table: Table, range: Range): void => {
  if (!Number.isInteger(range.limit) || range.limit < 1) misuse(table, 'a page needs a limit of 1 or more')
  const bounds = [range.from, range.to, range.after].filter((bound) => bound !== undefined)
  if (table.sortKey === undefined && bounds.length > 0) misuse(table, 'a range needs a sort key')
  for (const bound of bounds) keyPart(table, 'bound', bound, MAX_SORT_KEY_BYTES)
  keyPart(table, table.partitionKey, range.partition, MAX_PARTITION_KEY_BYTES)
}

export const checkKeys = (table: Table, keys: readonly unknown[]): void => {
  if (keys.length > MAX_KEYS_AT_ONCE) misuse(table, `more than ${MAX_KEYS_AT_ONCE} keys at once`)
}

/** Where a step's key stands. */
export const keyHolder = (step: Step): Readonly<Row> => (step.step === 'put' ? step.item : step.key)

export const checkSteps = (steps: readonly Step[]): void => {
  if (steps.length > MAX_STEPS) throw new Misuse(`more than ${MAX_STEPS} steps together`)
  const seen = new Set<string>()
  for (const step of steps) {
    const key = keyText(step.table, keyHolder(step))
    if (seen.has(key)) misuse(step.table, 'two steps on one item')
    seen.add(key)
    if (step.step === 'change') checkChange(step.table, step.change)
  }
}
