import { describe, expect, it } from 'vitest'
import { measuredText, replaceMeasured } from '../../bench/docs.ts'
import { itemBytes } from '../../bench/registration/lanes.ts'

describe('the document of budgets', () => {
  const occasion = { date: '2026-11-20', machine: '2 cores', commit: 'abc' }
  const text = measuredText(
    {
      rows: [{ what: 'mean', value: 200, unit: 'ms', budget: { atMost: 240 } }],
      leftOut: [{ what: 'host', why: 'no server' }],
    },
    occasion,
  )

  it('tells when, where and of which commit', () => {
    expect(text.split('\n')[0]).toBe('Date 2026-11-20 · machine: 2 cores · commit abc')
    expect(text).toContain('| mean | 200 | ms | ≤ 240 | ok |')
    expect(text).toContain('| host | left out | | | no server |')
  })

  it('changes between its marks and nowhere else', () => {
    const before =
      'above\n<!-- measured: written by npm run bench -- --docs -->\nold\n<!-- end of measured -->\nbelow\n'
    const after = replaceMeasured(before, 'new')
    expect(after).toBe(
      'above\n<!-- measured: written by npm run bench -- --docs -->\n\nnew\n\n<!-- end of measured -->\nbelow\n',
    )
    expect(replaceMeasured(after, 'new')).toBe(after)
  })

  it('is refused without its marks', () => {
    expect(() => replaceMeasured('no marks', 'new')).toThrow(/lacks the marks/)
  })
})

describe('the size of an item', () => {
  it('counts names and values as DynamoDB does', () => {
    expect(itemBytes({ name: { S: '券' }, at: { N: '1790000000000' }, pools: { L: [{ S: 'arts' }] } })).toBe(
      4 + 3 + 2 + 8 + 5 + 3 + 1 + 4,
    )
  })
})
