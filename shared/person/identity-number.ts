// Taiwan identity numbers of all three kinds (內政部 checksum): national ID, resident certificate of 2021 and the older one.
// Pure: the site checks the same way before sending, and the lane follows from the last digit.
// The checksum misses about one in ten single-digit slips, so people are shown the number again.

import type { Lane } from '../kernel/caller.ts'

export type NumberKind = 'national' | 'residentNew' | 'residentOld'

export interface IdentityNumber {
  /** Normalised: half-width, upper case, no blanks. */
  readonly number: string
  readonly kind: NumberKind
  readonly lane: Lane
}

// biome-ignore format: a table reads better in rows
const LETTER_VALUES: Readonly<Record<string, number>> = {
  A: 10, B: 11, C: 12, D: 13, E: 14, F: 15, G: 16, H: 17, I: 34, J: 18, K: 19, L: 20, M: 21,
  N: 22, O: 35, P: 23, Q: 24, R: 25, S: 26, T: 27, U: 28, V: 29, W: 32, X: 30, Y: 31, Z: 33,
}

const WEIGHTS = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1] as const

const KINDS: readonly (readonly [NumberKind, RegExp])[] = [
  ['national', /^[A-Z][12][0-9]{8}$/],
  ['residentNew', /^[A-Z][89][0-9]{8}$/],
  ['residentOld', /^[A-Z][A-D][0-9]{8}$/],
]

/** Full-width digits and letters become plain ones (NFKC); people type them on Chinese keyboards. */
export const normalise = (typed: string): string => typed.normalize('NFKC').trim().toUpperCase()

/** The first letter counts as two digits, the second letter of an old certificate as its value mod 10. */
const digitsOf = (number: string): readonly number[] => {
  const letter = LETTER_VALUES[number.charAt(0)] ?? 0
  const second = LETTER_VALUES[number.charAt(1)]
  return [
    Math.floor(letter / 10),
    letter % 10,
    second === undefined ? Number(number.charAt(1)) : second % 10,
    ...Array.from(number.slice(2), Number),
  ]
}

const sumOf = (number: string): number =>
  digitsOf(number).reduce((sum, digit, place) => sum + digit * (WEIGHTS[place] ?? 0), 0)

/** Old resident certificates are accepted to the end of 2030, Taipei time (移民署). */
const OLD_CERTIFICATES_UNTIL = Date.parse('2031-01-01T00:00:00+08:00')

export const isAcceptedAt = (identity: IdentityNumber, now: number): boolean =>
  identity.kind !== 'residentOld' || now < OLD_CERTIFICATES_UNTIL

export const laneOf = (number: string): Lane => (Number(number.at(-1)) % 2 === 1 ? 'odd' : 'even')

/** `undefined` when no identity number can read so. Never say which part was wrong: a near miss is not for guessing at. */
export const readIdentityNumber = (typed: string): IdentityNumber | undefined => {
  const number = normalise(typed)
  const kind = KINDS.find(([, form]) => form.test(number))?.[0]
  if (kind === undefined || sumOf(number) % 10 !== 0) return undefined
  return { number, kind, lane: laneOf(number) }
}
