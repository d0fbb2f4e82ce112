import { describe, expect, it } from 'vitest'
import { MAX_PEOPLE, personAt, queueOf } from '../../bench/load/people.ts'

describe('people for a storm', () => {
  it('are all different, all valid and of both lanes', () => {
    const people = Array.from({ length: 5_000 }, (_, index) => personAt(index))
    expect(new Set(people.map(({ number }) => number)).size).toBe(5_000)
    expect(new Set(people.map(({ lane }) => lane))).toEqual(new Set(['odd', 'even']))
  })

  it('end where their numbers end', () => {
    expect(personAt(MAX_PEOPLE - 1).kind).toBe('national')
    expect(() => personAt(MAX_PEOPLE)).toThrow(/no person/)
  })

  it('ask once each, and a few of them once more, long after the first time', () => {
    const queue = [...queueOf(100, 10_000)]
    const first = new Map<number, number>()
    const repeats = queue.flatMap((person, place) => {
      const before = first.get(person)
      if (before !== undefined) return [place - before]
      first.set(person, place)
      return []
    })
    expect([...first.keys()]).toEqual(Array.from({ length: 10_000 }, (_, place) => 100 + place))
    expect(repeats).toHaveLength(320)
    expect(Math.min(...repeats)).toBeGreaterThan(1_000)
  })
})
