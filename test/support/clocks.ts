// Time and dice for tests: a clock that only pauses move, and dice that fall the same way every time.
import { createHash } from 'node:crypto'
import type { Clock, Instant, Random } from '../../shared/kernel/ports.ts'

export interface TestClock extends Clock {
  readonly pausesMs: readonly number[]
  pass(milliseconds: number): void
}

export const clockAt = (instant: string | Instant): TestClock => {
  let now = typeof instant === 'string' ? Date.parse(instant) : instant
  const pausesMs: number[] = []
  return {
    pausesMs,
    now: () => now,
    pause: (milliseconds) => {
      pausesMs.push(milliseconds)
      now += milliseconds
      return Promise.resolve()
    },
    pass: (milliseconds) => {
      now += milliseconds
    },
  }
}

export const seededRandom = (seed: string): Random => {
  let drawn = 0
  const block = () => createHash('sha256').update(`${seed} ${drawn++}`).digest()
  return {
    bytes: (count) => Buffer.concat(Array.from({ length: Math.ceil(count / 32) }, block)).subarray(0, count),
    fraction: () => block().readUInt32BE() / 2 ** 32,
  }
}
