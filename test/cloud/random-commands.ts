// Random commands to Records over few names and values, so that they meet. Some names sort differently by bytes than by
// JavaScript's units, and some changes are bugs (adding to a text) that every engine must refuse alike.
import fc from 'fast-check'
import type { Condition, Test } from '../../shared/kernel/condition.ts'
import type { Change, Range, Records, Step } from '../../shared/kernel/records.ts'
import { anything as table } from './test-tables.ts'

type Row = Record<string, unknown>

const attribute = fc.constantFrom('status', 'count', 'uses', 'size')
const text = fc.constantFrom('', 'x', 'xy', '10', '9', '陳', '\uffff', '\u{20000}')
const number = fc.integer({ min: -2, max: 12 })
const scalar = fc.oneof(text, number, fc.boolean())
const value = fc.oneof(scalar, fc.constant(null), fc.array(scalar, { maxLength: 3 }), fc.record({ inner: scalar }))

const name = fc.constantFrom('a', 'b', 'é', '陳', '\uffff', '\u{20000}')
const key = fc.record({ owner: fc.constantFrom('bear', 'lane'), name })
const item = fc.tuple(fc.dictionary(attribute, value, { maxKeys: 4 }), key).map(([rest, at]) => ({ ...rest, ...at }))

const test: fc.Arbitrary<Test> = fc.oneof(
  fc.constantFrom({ test: 'absent' } as const, { test: 'present' } as const),
  fc.record({ test: fc.constantFrom('equals', 'differs', 'contains', 'lacks'), value: scalar }),
  fc.record({ test: fc.constantFrom('atLeast', 'atMost'), value: fc.oneof(text, number) }),
  fc.record({ test: fc.constant('oneOf'), values: fc.array(scalar, { maxLength: 3 }) }),
)
const condition: fc.Arbitrary<Condition<Row>> = fc.dictionary(attribute, fc.oneof(scalar, test), { maxKeys: 2 })

const change: fc.Arbitrary<Change<Row>> = fc.record(
  {
    set: fc.dictionary(attribute, value, { maxKeys: 2 }),
    add: fc.dictionary(attribute, number, { maxKeys: 1 }),
    append: fc.dictionary(attribute, fc.array(scalar, { maxLength: 2 }), { maxKeys: 1 }),
    clear: fc.array(attribute, { maxLength: 1 }),
  },
  { requiredKeys: [] },
)

/**
 * A change that no item makes a bug of. Of a transaction with both a bug and a failed condition, dynoxide tells the
 * condition and DynamoDB Local the bug; nothing is written by either, so only this kind is compared.
 */
const soundChange: fc.Arbitrary<Change<Row>> = fc.record(
  {
    set: fc.dictionary(fc.constantFrom('status', 'size'), value, { maxKeys: 2 }),
    add: fc.record({ tally: number }),
    append: fc.record({ log: fc.array(scalar, { maxLength: 2 }) }),
    clear: fc.subarray(['count', 'uses']),
  },
  { requiredKeys: [] },
)

const range: fc.Arbitrary<Range> = fc.record(
  {
    partition: fc.constantFrom('bear', 'lane'),
    limit: fc.integer({ min: 1, max: 4 }),
    from: name,
    to: name,
    after: name,
    descending: fc.boolean(),
    consistent: fc.constant(true),
  },
  { requiredKeys: ['partition', 'limit', 'consistent'] },
)

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ step: fc.constant('put'), table: fc.constant(table), item }),
  fc.record({ step: fc.constant('change'), table: fc.constant(table), key, change: soundChange, under: condition }),
  fc.record({ step: fc.constantFrom('remove', 'check'), table: fc.constant(table), key, under: condition }),
)

export interface Command {
  readonly asked: unknown
  run(records: Records): Promise<unknown>
}

const command = <Asked>(arbitrary: fc.Arbitrary<Asked>, run: (records: Records, asked: Asked) => Promise<unknown>) =>
  arbitrary.map((asked): Command => ({ asked, run: (records) => run(records, asked) }))

export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  command(item, (records, wanted) => records.putIfAbsent(table, wanted)),
  command(fc.record({ key, change, condition }), (records, { key: at, change: how, condition: under }) =>
    records.change(table, at, how, under),
  ),
  command(fc.record({ key, condition }), (records, { key: at, condition: under }) => records.remove(table, at, under)),
  command(fc.array(step, { maxLength: 4 }), (records, steps) => records.together(steps)),
  command(key, (records, at) => records.get(table, at, { consistent: true })),
  command(fc.array(key, { maxLength: 5 }), (records, keys) => records.getMany(table, keys)),
  command(range, (records, wanted) => records.list(table, wanted)),
)
