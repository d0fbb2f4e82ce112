import { afterAll, describe, expect, it } from 'vitest'
import { absent, atLeast } from '../../shared/kernel/condition.ts'
import { presentEngines } from '../support/engines.ts'
import { holders, keyOf, voucher, vouchers } from './test-tables.ts'

const engines = await presentEngines()
afterAll(async () => {
  for (const engine of engines) await engine.stop()
})

describe.each(engines)('records on $name', (engine) => {
  const fresh = () => engine.records(vouchers, holders)

  describe('put if absent', () => {
    it('keeps the first item and gives it to whoever comes second', async () => {
      const records = await fresh()
      const first = await records.putIfAbsent(vouchers, voucher())
      const second = await records.putIfAbsent(vouchers, voucher({ status: 'LATE' }))
      expect(first).toEqual({ ok: true, value: voucher() })
      expect(second).toEqual({ ok: false, refusal: { found: voucher() } })
      expect(await records.get(vouchers, keyOf(voucher()), { consistent: true })).toEqual(voucher())
    })

    it('lets one of 25 in parallel win and gives the 24 others what it wrote', async () => {
      const records = await fresh()
      const tries = Array.from({ length: 25 }, (_, count) => voucher({ count }))
      const results = await Promise.all(tries.map((item) => records.putIfAbsent(vouchers, item)))
      const [winner, ...others] = results.filter((result) => result.ok)
      expect(others).toEqual([])
      const refusals = results.filter((result) => !result.ok).map((result) => result.refusal.found)
      expect(refusals).toEqual(Array.from({ length: 24 }, () => winner?.value))
    })

    it('gives back every kind of value as it was, without what is undefined', async () => {
      const records = await fresh()
      const values = { flag: false, nothing: null, deep: [{ zone: '信義' }] }
      const full = voucher({ comment: '', uses: [], values, size: -0, count: Number.MAX_SAFE_INTEGER })
      await records.putIfAbsent(vouchers, { ...full, status: 'ISSUED' })
      const found = await records.get(vouchers, keyOf(full))
      expect(found).toEqual({ ...full, size: 0 })
      expect(Object.keys(found ?? {}).sort()).toEqual(Object.keys(full).sort())
    })

    it('is not changed by whoever still holds the item', async () => {
      const records = await fresh()
      const uses = ['one']
      await records.putIfAbsent(vouchers, voucher({ uses }))
      uses.push('two')
      const read = await records.get(vouchers, keyOf(voucher()))
      read?.uses?.push('three')
      expect(await records.get(vouchers, keyOf(voucher()))).toEqual(voucher({ uses: ['one'] }))
    })

    it('works on a table without a sort key', async () => {
      const records = await fresh()
      await records.putIfAbsent(holders, { key: 'k', level: 1 })
      expect(await records.putIfAbsent(holders, { key: 'k', level: 2 })).toEqual({
        ok: false,
        refusal: { found: { key: 'k', level: 1 } },
      })
      expect(await records.list(holders, { partition: 'k', limit: 5 })).toEqual({ items: [{ key: 'k', level: 1 }] })
    })

    it.each(['', 'x'.repeat(1_025)])('refuses a key that cannot be (%#)', async (name) => {
      const records = await fresh()
      await expect(records.putIfAbsent(vouchers, voucher({ name }))).rejects.toThrow()
    })
  })

  describe('a change', () => {
    it('sets, adds, appends and clears at once and answers with the item as changed', async () => {
      const records = await fresh()
      await records.putIfAbsent(vouchers, voucher({ comment: 'gone soon', uses: ['a'] }))
      const change = {
        set: { status: 'USED', size: 3 },
        add: { count: -30 },
        append: { uses: ['b', 'c'] },
        clear: ['comment'],
      } as const
      const changed = await records.change(vouchers, keyOf(voucher()), change, { status: 'ISSUED' })
      const wanted = voucher({ status: 'USED', size: 3, count: 70, uses: ['a', 'b', 'c'] })
      expect(changed).toEqual({ ok: true, value: wanted })
      expect(await records.get(vouchers, keyOf(voucher()))).toEqual(wanted)
    })

    it('counts a missing number as zero and a missing list as empty', async () => {
      const records = await fresh()
      await records.putIfAbsent(vouchers, voucher())
      const change = { add: { size: 2 }, append: { uses: ['a'] } }
      const changed = await records.change(vouchers, keyOf(voucher()), change, {})
      expect(changed).toEqual({ ok: true, value: voucher({ size: 2, uses: ['a'] }) })
    })

    it('of nothing answers with the item, under its condition', async () => {
      const records = await fresh()
      await records.putIfAbsent(vouchers, voucher())
      expect(await records.change(vouchers, keyOf(voucher()), {}, { count: 100 })).toEqual({
        ok: true,
        value: voucher(),
      })
      const refused = await records.change(vouchers, keyOf(voucher()), {}, { count: 99 })
      expect(refused).toEqual({ ok: false, refusal: { found: voucher() } })
    })

    it('never creates an item', async () => {
      const records = await fresh()
      const refused = await records.change(
        vouchers,
        keyOf(voucher()),
        { set: { status: 'USED' } },
        { status: absent() },
      )
      expect(refused).toEqual({ ok: false, refusal: {} })
      expect(await records.get(vouchers, keyOf(voucher()))).toBeUndefined()
    })

    it('under a counter lets 10 of 25 in parallel through', async () => {
      const records = await fresh()
      await records.putIfAbsent(vouchers, voucher({ count: 10 }))
      const use = () => records.change(vouchers, keyOf(voucher()), { add: { count: -1 } }, { count: atLeast(1) })
      const results = await Promise.all(Array.from({ length: 25 }, use))
      expect(results.filter((result) => result.ok)).toHaveLength(10)
      expect(await records.get(vouchers, keyOf(voucher()), { consistent: true })).toEqual(voucher({ count: 0 }))
    })

    it.each([
      ['moves the item', { set: { name: 'elsewhere' } }],
      ['touches an attribute twice', { set: { count: 1 }, add: { count: 1 } }],
      ['adds to a text', { add: { status: 1 } }],
      ['appends to a text', { append: { status: ['x'] } }],
    ])('is refused as a bug when it %s', async (_, change) => {
      const records = await fresh()
      await records.putIfAbsent(vouchers, voucher())
      await expect(records.change(vouchers, keyOf(voucher()), change, {})).rejects.toThrow()
      expect(await records.get(vouchers, keyOf(voucher()))).toEqual(voucher())
    })

    it('refuses a condition that is undefined, rather than doing without it', async () => {
      const records = await fresh()
      await records.putIfAbsent(vouchers, voucher())
      const under: Record<string, undefined> = { status: undefined }
      await expect(records.change(vouchers, keyOf(voucher()), { set: { count: 1 } }, under)).rejects.toThrow(
        'undefined',
      )
    })
  })

  describe('a removal', () => {
    it('takes the item away once and answers with it', async () => {
      const records = await fresh()
      await records.putIfAbsent(vouchers, voucher())
      expect(await records.remove(vouchers, keyOf(voucher()), { count: 1 })).toEqual({
        ok: false,
        refusal: { found: voucher() },
      })
      expect(await records.remove(vouchers, keyOf(voucher()), { count: 100 })).toEqual({ ok: true, value: voucher() })
      expect(await records.remove(vouchers, keyOf(voucher()), {})).toEqual({ ok: false, refusal: {} })
    })
  })

  describe('reading', () => {
    it('answers many keys in their order, twice when asked twice, and undefined where nothing is', async () => {
      const records = await fresh()
      const items = Array.from({ length: 100 }, (_, index) => voucher({ name: `v-${index}`, count: index }))
      for (const item of items.slice(0, 50)) await records.putIfAbsent(vouchers, item)
      const keys = [...items.slice(1).map(keyOf), { owner: 'bear', name: 'v-1' }].toReversed()
      const found = await records.getMany(vouchers, keys)
      expect(found.map((item) => item?.count)).toEqual(
        keys.map(({ name }) => Number(name.slice(2))).map((count) => (count < 50 ? count : undefined)),
      )
      expect(await records.getMany(vouchers, keys, { consistent: true })).toEqual(found)
      expect(await records.getMany(vouchers, [])).toEqual([])
      await expect(records.getMany(vouchers, [...keys, ...keys])).rejects.toThrow('100')
    })

    it.each([
      ['all', {}, 'abcde'],
      ['from', { from: 'c' }, 'cde'],
      ['to', { to: 'c' }, 'abc'],
      ['between, bounds included', { from: 'b', to: 'd' }, 'bcd'],
      ['at one key', { from: 'c', to: 'c' }, 'c'],
      ['after', { after: 'b' }, 'cde'],
      ['after a key that is not there', { after: 'bb' }, 'cde'],
      ['after, below the bounds', { from: 'c', after: 'a' }, 'cde'],
      ['after, above the bounds', { to: 'c', after: 'd' }, ''],
      ['bounds that hold nothing', { from: 'd', to: 'b' }, ''],
      ['descending', { descending: true }, 'edcba'],
      ['descending within bounds', { descending: true, from: 'b', to: 'd' }, 'dcb'],
      ['descending after', { descending: true, after: 'd' }, 'cba'],
      ['descending after, above the bounds', { descending: true, to: 'c', after: 'e' }, 'cba'],
      ['descending after, below the bounds', { descending: true, from: 'c', after: 'a' }, ''],
    ])('lists a range: %s', async (_, range, wanted) => {
      const records = await fresh()
      for (const name of 'badce') await records.putIfAbsent(vouchers, voucher({ name }))
      await records.putIfAbsent(vouchers, voucher({ owner: 'other', name: 'c' }))
      const page = await records.list(vouchers, { partition: 'bear', limit: 10, consistent: true, ...range })
      expect(page).toEqual({ items: [...wanted].map((name) => voucher({ name })) })
    })

    it('pages to the end and says where to go on only behind a full page', async () => {
      const records = await fresh()
      for (const name of 'abcde') await records.putIfAbsent(vouchers, voucher({ name }))
      const first = await records.list(vouchers, { partition: 'bear', limit: 3 })
      expect(first.items.map((item) => item.name).join('')).toBe('abc')
      expect(first.after).toBe('c')
      const second = await records.list(vouchers, { partition: 'bear', limit: 3, after: 'c' })
      expect(second.items.map((item) => item.name).join('')).toBe('de')
      expect(second.after).toBeUndefined()
    })

    it('orders keys by their bytes', async () => {
      const records = await fresh()
      const names = ['\u{20000}', '\uffff', '陳', 'z', 'Z', 'é']
      for (const name of names) await records.putIfAbsent(vouchers, voucher({ name }))
      const page = await records.list(vouchers, { partition: 'bear', limit: 10 })
      expect(page.items.map((item) => item.name)).toEqual(['Z', 'z', 'é', '陳', '\uffff', '\u{20000}'])
    })

    it('goes on behind a megabyte until the page is full', async () => {
      const records = await fresh()
      const comment = 'x'.repeat(300_000)
      for (const name of 'abcdefgh') await records.putIfAbsent(vouchers, voucher({ name, comment }))
      const page = await records.list(vouchers, { partition: 'bear', limit: 7 })
      expect(page.items.map((item) => item.name).join('')).toBe('abcdefg')
    })

    it('says where a bad row is, and nothing of what it holds', async () => {
      const records = await fresh()
      const secret = { key: 'k', level: 'A123456789' }
      const loose: Record<string, unknown> = { ...secret }
      const step = { step: 'put', table: holders, item: loose } as const
      await records.together([step])
      const reading = records.get(holders, { key: 'k' })
      await expect(reading).rejects.toThrow('table test-holders holds a bad row: level invalid_type')
      await expect(reading).rejects.not.toThrow('A123456789')
    })
  })
})
