import { describe, expect, it } from 'vitest'
import { medianOf, percentile, spreadOf, tenthsOf } from '../../bench/figures.ts'

const hundred = Float64Array.from({ length: 100 }, (_, place) => place + 1)

describe('a percentile', () => {
  it('is a value that was seen, by nearest rank', () => {
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 95, 99, 100])
  })

  it('of one value is that value, whatever the share', () => {
    expect([0, 0.01, 0.5, 1].map((share) => percentile(Float64Array.of(7), share))).toEqual([7, 7, 7, 7])
  })

  it('of nothing is not a number', () => {
    expect(percentile(new Float64Array(), 0.5)).toBeNaN()
  })
})

describe('a spread', () => {
  it('does not depend on the order in which values came, and leaves it as it is', () => {
    const mixed = hundred.toReversed()
    expect(spreadOf(mixed)).toEqual({ meanMs: 50.5, p50Ms: 50, p95Ms: 95, p99Ms: 99 })
    expect(mixed[0]).toBe(100)
  })
})

describe('tenths', () => {
  it('of even work have one rate', () => {
    const finished = Float64Array.from({ length: 1_000 }, (_, place) => 500 + place + 1)
    expect(tenthsOf(500, finished)).toEqual(Array.from({ length: 10 }, () => 1_000))
  })

  it('show work that becomes slower', () => {
    const finished = Float64Array.from({ length: 100 }, (_, place) => (place < 90 ? place + 1 : 90 + (place - 89) * 2))
    const tenths = tenthsOf(0, finished)
    expect(tenths[0]).toBe(1_000)
    expect(tenths.at(-1)).toBe(500)
  })

  it('go by the time of replies, not by who was asked first', () => {
    const finished = Float64Array.from({ length: 100 }, (_, place) => place + 1)
    expect(tenthsOf(0, finished.toReversed())).toEqual(tenthsOf(0, finished))
  })
})

describe('a median', () => {
  it('is one of the values', () => {
    expect([medianOf([3, 1, 2]), medianOf([4, 1, 3, 2])]).toEqual([2, 2])
  })
})
