import { afterAll, describe, expect, it } from 'vitest'
import { absent, atLeast, oneOf } from '../../shared/kernel/condition.ts'
import { changing, checking, putting, removing } from '../../shared/kernel/records.ts'
import { presentEngines } from '../support/engines.ts'
import { holders, keyOf, voucher, vouchers } from './test-tables.ts'

const engines = await presentEngines()
afterAll(async () => {
  for (const engine of engines) await engine.stop()
})

describe.each(engines)('transactions on $name', (engine) => {
  const fresh = () => engine.records(vouchers, holders)

  it('writes everything when every condition holds', async () => {
    const records = await fresh()
    for (const name of 'abc') await records.putIfAbsent(vouchers, voucher({ name }))
    const done = await records.together([
      putting(holders, { key: 'k', level: 1 }),
      changing(vouchers, { owner: 'bear', name: 'a' }, { add: { count: -40 } }, { count: atLeast(40) }),
      removing(vouchers, { owner: 'bear', name: 'b' }, { status: 'ISSUED' }),
      checking(vouchers, { owner: 'bear', name: 'c' }, { status: oneOf('ISSUED') }),
    ])
    expect(done).toEqual({ ok: true, value: undefined })
    expect(await records.get(holders, { key: 'k' })).toEqual({ key: 'k', level: 1 })
    const left = await records.list(vouchers, { partition: 'bear', limit: 5 })
    expect(left.items).toEqual([voucher({ name: 'a', count: 60 }), voucher({ name: 'c' })])
  })

  it.each([
    ['a put that is there', putting(holders, { key: 'k', level: 9 }), { found: { key: 'k', level: 1 } }],
    [
      'a change whose condition fails',
      changing(holders, { key: 'k' }, { add: { level: 1 } }, { level: 2 }),
      { found: { key: 'k', level: 1 } },
    ],
    ['a change of what is not there', changing(holders, { key: 'x' }, { add: { level: 1 } }, {}), {}],
    ['a change of nothing that is not there', changing(holders, { key: 'x' }, {}, {}), {}],
    ['a removal of what is not there', removing(holders, { key: 'x' }, {}), {}],
    ['a check that fails', checking(holders, { key: 'k' }, { level: 2 }), { found: { key: 'k', level: 1 } }],
    ['a check of what is not there', checking(holders, { key: 'x' }, { level: absent() }), {}],
  ])('writes nothing and names the first step unmet: %s', async (_, step, found) => {
    const records = await fresh()
    await records.putIfAbsent(holders, { key: 'k', level: 1 })
    const refused = await records.together([putting(vouchers, voucher()), step, checking(holders, { key: 'y' }, {})])
    expect(refused).toEqual({ ok: false, refusal: { index: 1, ...found } })
    expect(await records.get(vouchers, keyOf(voucher()))).toBeUndefined()
    expect(await records.get(holders, { key: 'k' })).toEqual({ key: 'k', level: 1 })
  })

  it('lets one of 25 in parallel spend the last of a balance', async () => {
    const records = await fresh()
    await records.putIfAbsent(holders, { key: 'k', level: 1 })
    const spend = (index: number) =>
      records.together([
        changing(holders, { key: 'k' }, { add: { level: -1 } }, { level: atLeast(1) }),
        putting(vouchers, voucher({ name: `t-${index}` })),
      ])
    const results = await Promise.all(Array.from({ length: 25 }, (_, index) => spend(index)))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect((await records.list(vouchers, { partition: 'bear', limit: 25 })).items).toHaveLength(1)
    expect(await records.get(holders, { key: 'k' })).toEqual({ key: 'k', level: 0 })
  })

  it('does nothing for no steps, and refuses two on one item and more than a hundred', async () => {
    const records = await fresh()
    const put = putting(holders, { key: 'k', level: 1 })
    expect(await records.together([])).toEqual({ ok: true, value: undefined })
    await expect(records.together([put, checking(holders, { key: 'k' }, {})])).rejects.toThrow('two steps on one item')
    const many = Array.from({ length: 101 }, (_, level) => putting(holders, { key: `k-${level}`, level }))
    await expect(records.together(many)).rejects.toThrow('100')
    expect(await records.together(many.slice(1))).toEqual({ ok: true, value: undefined })
  })
})
