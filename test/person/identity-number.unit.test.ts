import { describe, expect, it } from 'vitest'
import { isAcceptedAt, normalise, readIdentityNumber } from '../../shared/person/identity-number.ts'
import vectors from './id-vectors.json' with { type: 'json' }

describe('an identity number', () => {
  it.each([
    ['national', vectors.national],
    ['residentNew', vectors.residentNew],
    ['residentOld', vectors.residentOld],
  ])('of the %s kind is read as what it is', (kind, numbers) => {
    expect(numbers.map((number) => readIdentityNumber(number)?.kind)).toEqual(numbers.map(() => kind))
  })

  it.each(vectors.invalid)('is refused: "%s"', (number) => {
    expect(readIdentityNumber(number)).toBeUndefined()
  })

  it.each(Object.entries(vectors.needNormalising))('typed as "%s" is %s', (typed, number) => {
    expect(normalise(typed)).toBe(number)
    expect(readIdentityNumber(typed)?.number).toBe(number)
  })

  it('leads to the lane of its last digit', () => {
    expect(readIdentityNumber('A123456789')?.lane).toBe('odd')
    expect(readIdentityNumber('L122544270')?.lane).toBe('even')
  })

  it('of an old certificate is accepted to the last second of 2030 in Taipei', () => {
    const old = readIdentityNumber('AC01234567')
    const now = readIdentityNumber('A123456789')
    const newYear = Date.parse('2031-01-01T00:00:00+08:00')
    expect(old && [isAcceptedAt(old, newYear - 1), isAcceptedAt(old, newYear)]).toEqual([true, false])
    expect(now && isAcceptedAt(now, newYear)).toBe(true)
  })
})
