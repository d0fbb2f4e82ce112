import { describe, expect, it } from 'vitest'
import { exitStatus, jsonOf, type Measured, rowsOf, shown, statusOf, tableOf } from '../../bench/rows.ts'

const speed: Measured = { what: 'speed', value: 1_200.4, unit: '/s', budget: { atLeast: 1_047 } }
const delay: Measured = { what: 'mean', value: 250, unit: 'ms', budget: { atMost: 240 } }
const aim: Measured = { what: 'ratio', value: 0.4, unit: '×', budget: { atLeast: 0.6 }, isAim: true }
const plain: Measured = { what: 'seen', value: 3, unit: 'things', budget: 'none' }

describe('the rows', () => {
  it('say of each budget whether it is met', () => {
    expect(rowsOf([speed, delay, plain]).map(({ ok, budget }) => [ok, budget])).toEqual([
      [true, '≥ 1,047'],
      [false, '≤ 240'],
      [true, ''],
    ])
  })

  it('meet a budget on its very edge', () => {
    expect(
      rowsOf([
        { ...delay, value: 240 },
        { ...speed, value: 1_047 },
      ]).map(({ ok }) => ok),
    ).toEqual([true, true])
  })

  it('never take a missing figure for a good one', () => {
    expect(
      rowsOf([
        { ...delay, value: Number.NaN },
        { ...speed, value: Number.NaN },
      ]).map(({ ok }) => ok),
    ).toEqual([false, false])
  })

  it('fail nothing by an aim', () => {
    expect(rowsOf([aim])).toEqual([{ what: 'ratio', value: 0.4, unit: '×', budget: 'aim ≥ 0.6', ok: true }])
  })
})

describe('the exit status', () => {
  it('is 0 when all is met and 1 when one budget is missed', () => {
    expect([statusOf(rowsOf([speed, plain, aim])), statusOf(rowsOf([speed, delay]))]).toEqual([
      exitStatus.met,
      exitStatus.missed,
    ])
  })
})

describe('the JSON', () => {
  it('holds what, value, unit, budget and ok of each row, and nothing else', () => {
    expect(JSON.parse(jsonOf(rowsOf([speed])))).toEqual([
      { what: 'speed', value: 1_200.4, unit: '/s', budget: '≥ 1,047', ok: true },
    ])
  })
})

describe('the table', () => {
  it('has a line for each row, names what is missed, what is left out and what only was an aim', () => {
    const table = tableOf({ rows: [speed, delay, aim, plain], leftOut: [{ what: 'a host', why: 'no server' }] })
    expect(table.split('\n')).toEqual([
      'what   value  unit    budget',
      'speed  1,200  /s      ≥ 1,047    ok',
      'mean     250  ms      ≤ 240      MISSED',
      'ratio    0.4  ×       aim ≥ 0.6  below the aim',
      'seen       3  things',
      'left out: a host: no server',
      '',
    ])
  })

  it('shows whole numbers exactly and others by four digits', () => {
    expect([shown(100_000), shown(0.98765), shown(0)]).toEqual(['100,000', '0.9877', '0'])
  })
})
