// People for a storm: the same index is always the same person, and no two indexes are one.
import { type IdentityNumber, readIdentityNumber } from '../../shared/person/identity-number.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const SERIAL_DIGITS = 7
export const MAX_PEOPLE = LETTERS.length * 10 ** SERIAL_DIGITS

/** Of the ten possible last digits one makes the number valid. */
export const personAt = (index: number): IdentityNumber => {
  if (!Number.isInteger(index) || index < 0 || index >= MAX_PEOPLE) throw new Error(`there is no person ${index}`)
  const letter = LETTERS.charAt(index % LETTERS.length)
  const serial = String(Math.floor(index / LETTERS.length)).padStart(SERIAL_DIGITS, '0')
  for (let last = 0; last < 10; last += 1) {
    const identity = readIdentityNumber(`${letter}1${serial}${last}`)
    if (identity) return identity
  }
  throw new Error(`no last digit makes ${letter}1${serial} valid`)
}

/**
 * Who asks at which request: everybody once, and every so often somebody once more who was answered long before.
 * With 250 in flight, someone `REPEAT_DISTANCE` requests back has their answer.
 */
const REPEAT_EVERY = 25
const REPEAT_DISTANCE = 2_000

export const queueOf = (first: number, people: number): Uint32Array => {
  const queue: number[] = []
  for (let place = 0; place < people; place += 1) {
    queue.push(first + place)
    if (place % REPEAT_EVERY === 0 && place >= REPEAT_DISTANCE) queue.push(first + place - REPEAT_DISTANCE)
  }
  return Uint32Array.from(queue)
}
