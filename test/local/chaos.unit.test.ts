import { describe, expect, it } from 'vitest'
import { counts, diceOf } from '../../local/chaos/dice.ts'
import { recordFaults } from '../../local/chaos/record-faults.ts'
import type { Chaos } from '../../local/options.ts'

const faultsOf = (chaos: Partial<Chaos>, seed = 1) => {
  const seen = counts()
  return { faults: recordFaults({ kinds: [], tables: [], seed, ...chaos }, diceOf(seed), seen), seen }
}
const many = <Value>(times: number, make: () => Value) => Array.from({ length: times }, make)

describe('the dice', () => {
  it('fall the same way for the same seed, and another for another', () => {
    const rolls = (seed: number) => {
      const dice = diceOf(seed)
      return many(20, () => dice.roll('slow'))
    }
    expect(rolls(1)).toEqual(rolls(1))
    expect(rolls(1)).not.toEqual(rolls(2))
    expect(rolls(1).every((roll) => roll >= 0 && roll < 1)).toBe(true)
  })

  it('keep one kind of fault apart from another', () => {
    const [alone, mixed] = [diceOf(1), diceOf(1)]
    mixed.roll('throttle')
    expect(mixed.roll('slow')).toBe(alone.roll('slow'))
  })
})

describe('faults between functions and records', () => {
  it('throttle a share of the calls and count them', () => {
    const { faults, seen } = faultsOf({ kinds: ['throttle'] })
    const struck = many(1_000, () => faults.before('PutItem', {}, '{}')).filter((answer) => answer !== undefined)
    expect(struck.length).toBeGreaterThan(20)
    expect(struck.length).toBeLessThan(100)
    expect(seen.all()).toEqual({ throttle: struck.length })
    expect(struck[0]?.body).toContain('ProvisionedThroughputExceededException')
  })

  it('shut one table, by its whole name or the end of it', () => {
    const { faults } = faultsOf({ tables: ['registrations-odd'] })
    expect(faults.before('PutItem', {}, '{"TableName":"tongquan-local-registrations-odd"}')?.status).toBe(500)
    expect(faults.before('PutItem', {}, '{"TableName":"tongquan-local-registrations-even"}')).toBeUndefined()
  })

  it('answer some eventually consistent reads with what stood there before, consistent ones never', () => {
    const { faults, seen } = faultsOf({ kinds: ['stale'] })
    const answers = many(200, () => undefined).map((_, index) =>
      faults.after('GetItem', {}, '{"k":1}', `answer ${index}`, index),
    )
    const old = answers.filter((answer, index) => answer !== `answer ${index}`)
    expect(old.length).toBe(seen.all()['stale'])
    expect(old.length).toBeGreaterThan(20)
    expect(
      many(50, () => faults.after('GetItem', { ConsistentRead: true }, '{"k":2}', 'now', 0)).every(
        (answer) => answer === 'now',
      ),
    ).toBe(true)
    expect(faults.after('PutItem', {}, '{"k":1}', 'written', 0)).toBe('written')
  })

  it('leave everything alone that was not asked for', () => {
    const { faults, seen } = faultsOf({})
    expect(many(200, () => faults.before('PutItem', {}, '{}') ?? faults.delayMs())).toEqual(many(200, () => 0))
    expect(seen.all()).toEqual({})
  })
})
