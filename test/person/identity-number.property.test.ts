import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readIdentityNumber } from '../../shared/person/identity-number.ts'

const letters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ')
const second = fc.constantFrom(...'1289ABCD')
const sevenDigits = fc.stringMatching(/^[0-9]{7}$/)

it('of ten last digits exactly one is right, whatever stands before', () => {
  fc.assert(
    fc.property(letters, second, sevenDigits, (letter, kind, digits) => {
      const right = Array.from({ length: 10 }, (_, last) => readIdentityNumber(`${letter}${kind}${digits}${last}`))
      expect(right.filter((read) => read !== undefined)).toHaveLength(1)
    }),
  )
})

it('reads any text at all without falling over, and what it reads it reads again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[A-Z0-9]{10}$/)), (typed) => {
      const read = readIdentityNumber(typed)
      expect(read === undefined || readIdentityNumber(read.number)?.number === read.number).toBe(true)
    }),
  )
})
