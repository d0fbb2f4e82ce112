// Synthetic people: valid national numbers in a row, nobody's in particular.
import { readIdentityNumber } from '../../shared/person/identity-number.ts'

const DIGITS = 10

const numberOf = (serial: number): string => {
  const stem = `A1${String(serial).padStart(7, '0')}`
  for (let last = 0; last < DIGITS; last += 1) {
    const number = `${stem}${last}`
    if (readIdentityNumber(number)) return number
  }
  throw new Error('of ten last digits one is right')
}

export const peopleFrom = (first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, place) => numberOf(first + place))
