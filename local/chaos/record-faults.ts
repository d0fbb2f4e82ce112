// Faults between the functions and the record engine: what DynamoDB does at times and dynoxide never.

import type { Chaos } from '../options.ts'
import type { Fields } from '../template/json.ts'
import type { Counts, Dice } from './dice.ts'

const THROTTLED_SHARE = 0.05
const SLOW_SHARE = 0.1
const SLOWEST_MS = 800
const STALE_SHARE = 0.3
/** How old an eventually consistent answer may be; usually it is milliseconds. */
const MAX_STALENESS_MS = 1_000
const MAX_REMEMBERED = 5_000
const READS = ['GetItem', 'Query', 'BatchGetItem', 'Scan'] as const

export interface Answer {
  readonly status: number
  readonly body: string
}

export interface RecordFaults {
  /** An answer instead of the engine's. */
  before(operation: string, body: Fields, text: string): Answer | undefined
  delayMs(): number
  /** Sees every answer, and may give an older one. */
  after(operation: string, body: Fields, text: string, answer: string, now: number): string
}

const refused = (status: number, type: string, message: string): Answer => ({
  status,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }),
})

export const recordFaults = (chaos: Chaos, dice: Dice, seen: Counts): RecordFaults => {
  const has = (kind: Chaos['kinds'][number]) => chaos.kinds.includes(kind)
  const hit = (kind: string, share: number): boolean => {
    if (dice.roll(kind) >= share) return false
    seen.add(kind)
    return true
  }
  const older = new Map<string, { readonly answer: string; readonly at: number }>()
  return {
    before: (_operation, _body, text) => {
      const table = chaos.tables.find((name) => namesTable(text, name))
      if (table !== undefined) {
        seen.add(`table:${table}`)
        return refused(500, 'InternalServerError', 'The request processing has failed because of an unknown error.')
      }
      if (has('throttle') && hit('throttle', THROTTLED_SHARE)) {
        return refused(
          400,
          'ProvisionedThroughputExceededException',
          'The level of configured provisioned throughput was exceeded.',
        )
      }
      return undefined
    },
    delayMs: () => (has('slow') && hit('slow', SLOW_SHARE) ? Math.ceil(dice.roll('slowness') * SLOWEST_MS) : 0),
    after: (operation, body, text, answer, now) => {
      if (!has('stale') || !READS.some((each) => each === operation) || isConsistent(body, text)) return answer
      const key = `${operation} ${text}`
      const before = older.get(key)
      if (older.size > MAX_REMEMBERED) older.clear()
      if (before && before.answer !== answer && now - before.at <= MAX_STALENESS_MS && hit('stale', STALE_SHARE))
        return before.answer
      older.set(key, { answer, at: now })
      return answer
    },
  }
}

const isConsistent = (body: Fields, text: string): boolean =>
  body['ConsistentRead'] === true || /"ConsistentRead"\s*:\s*true/.test(text)

/** By its name in the template, or by the end of it: `registrations-odd` for `tongquan-local-registrations-odd`. */
const namesTable = (text: string, name: string): boolean => text.includes(`"${name}"`) || text.includes(`-${name}"`)
