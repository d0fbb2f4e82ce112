// Every test of a condition, held against every engine: the two tables of words (evaluate and render) must say the same.
import { afterAll, describe, expect, it } from 'vitest'
import {
  absent,
  atLeast,
  atMost,
  type Condition,
  contains,
  differs,
  lacks,
  oneOf,
  present,
} from '../../shared/kernel/condition.ts'
import type { ItemOf } from '../../shared/kernel/table.ts'
import { presentEngines } from '../support/engines.ts'
import { keyOf, voucher, vouchers } from './test-tables.ts'

const engines = await presentEngines()
afterAll(async () => {
  for (const engine of engines) await engine.stop()
})

describe.each(engines)('conditions on $name', (engine) => {
  const cases: readonly [string, Partial<ItemOf<typeof vouchers>>, Condition<ItemOf<typeof vouchers>>, boolean][] = [
    ['a plain value equals', {}, { status: 'ISSUED' }, true],
    ['a plain value of another kind does not equal', { size: '100' }, { size: 100 }, false],
    ['a missing attribute equals nothing', {}, { comment: '' }, false],
    ['absent holds for what is missing', {}, { comment: absent() }, true],
    ['absent fails for what is there', { comment: '' }, { comment: absent() }, false],
    ['present holds for an empty text', { comment: '' }, { comment: present() }, true],
    ['present fails for what is missing', {}, { comment: present() }, false],
    ['differs holds for another value', {}, { status: differs('USED') }, true],
    ['differs holds for another kind', { size: '1' }, { size: differs(1) }, true],
    ['differs fails for the value', {}, { status: differs('ISSUED') }, false],
    ['differs fails for what is missing', {}, { comment: differs('x') }, false],
    ['at least holds at the bound', {}, { count: atLeast(100) }, true],
    ['at least fails below', {}, { count: atLeast(101) }, false],
    ['at least orders numbers, not texts', { count: 9 }, { count: atLeast(10) }, false],
    ['at least fails for another kind', { size: 'b' }, { size: atLeast(1) }, false],
    ['at least fails for what is missing', {}, { size: atLeast(0) }, false],
    ['at least orders texts by their bytes', { comment: '\u{20000}' }, { comment: atLeast('\uffff') }, true],
    ['at most holds at the bound', {}, { count: atMost(100) }, true],
    ['at most fails above', {}, { count: atMost(99) }, false],
    ['at most fails for what is missing', {}, { size: atMost(9) }, false],
    ['one of holds for any of them', {}, { status: oneOf('USED', 'ISSUED') }, true],
    ['one of fails for none of them', {}, { status: oneOf('USED', 'SPENT') }, false],
    ['one of nothing never holds', {}, { status: oneOf() }, false],
    ['one of fails for what is missing', {}, { comment: oneOf('x') }, false],
    ['contains holds for a value of the list', { uses: ['a', 'b'] }, { uses: contains('b') }, true],
    ['contains fails for a part of a value', { uses: ['abc'] }, { uses: contains('b') }, false],
    ['contains fails for a text that has the part', { comment: 'abc' }, { comment: contains('b') }, false],
    ['contains fails for what is missing', {}, { uses: contains('b') }, false],
    ['lacks holds for what is missing', {}, { uses: lacks('b') }, true],
    ['lacks holds for a list without it', { uses: ['a'] }, { uses: lacks('b') }, true],
    ['lacks fails for a list with it', { uses: ['a', 'b'] }, { uses: lacks('b') }, false],
    ['lacks fails for what is no list', { comment: 'a' }, { comment: lacks('b') }, false],
    ['all must hold', {}, { status: 'ISSUED', count: atLeast(101) }, false],
  ]

  it.each(cases)('%s', async (_, item, under, holds) => {
    const records = await engine.records(vouchers)
    await records.putIfAbsent(vouchers, voucher(item))
    const result = await records.change(vouchers, keyOf(voucher()), { set: { status: 'CHANGED' } }, under)
    expect(result.ok).toBe(holds)
    const after = holds ? voucher({ ...item, status: 'CHANGED' }) : voucher(item)
    expect(await records.get(vouchers, keyOf(voucher()))).toEqual(after)
  })
})
