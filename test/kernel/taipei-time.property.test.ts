import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instantOf, taipeiTime, WireInstant } from '../../shared/kernel/taipei-time.ts'

it('every instant that is taken can be told again, to the second', () => {
  const wild = fc.date({
    min: new Date('0000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  })
  const offset = fc.constantFrom('Z', '+08:00', '+14:00', '-12:00', '+05:45')
  fc.assert(
    fc.property(wild, offset, (date, suffix) => {
      const typed = `${date.toISOString().slice(0, 19)}${suffix}`
      if (!WireInstant.safeParse(typed).success) return
      const told = taipeiTime(instantOf(typed))
      expect(WireInstant.safeParse(told).success).toBe(true)
      expect(instantOf(told)).toBe(instantOf(typed))
    }),
  )
})

it('takes the years in which a city plans', () => {
  const taken = ['2000-01-01T00:00:00Z', '2199-12-31T23:59:59Z'].map((text) => WireInstant.safeParse(text).success)
  const refused = ['1999-12-31T23:59:59Z', '2200-01-01T00:00:00Z'].map((text) => WireInstant.safeParse(text).success)
  expect([taken, refused]).toEqual([
    [true, true],
    [false, false],
  ])
})
