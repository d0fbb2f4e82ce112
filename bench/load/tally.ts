// What a storm brought: how often each status, how long, how even.
import { type Spread, spreadOf, tenthsOf } from '../figures.ts'

export interface Tally {
  readonly requests: number
  readonly statuses: Readonly<Record<string, number>>
  readonly seconds: number
  readonly perSecond: number
  readonly spread: Spread
  readonly tenths: readonly number[]
  /** On the clock that all processes of a machine share, in microseconds: profiles are cut by these. */
  readonly fromUs: number
  readonly toUs: number
  readonly cpuMs: number
}

export interface Tallying {
  count(status: number, latencyMs: number): number
  done(): Tally
}

const sharedClockUs = (): number => Number(process.hrtime.bigint() / 1_000n)

export const tallyOf = (total: number): Tallying => {
  const latencies = new Float64Array(total)
  const finished = new Float64Array(total)
  const statuses: Record<string, number> = {}
  const cpuBefore = process.cpuUsage()
  const fromUs = sharedClockUs()
  const startedAt = performance.now()
  let count = 0
  return {
    count: (status, latencyMs) => {
      latencies[count] = latencyMs
      finished[count] = performance.now()
      statuses[status] = (statuses[status] ?? 0) + 1
      count += 1
      return count
    },
    done: () => {
      const seconds = (performance.now() - startedAt) / 1_000
      const { user, system } = process.cpuUsage(cpuBefore)
      return {
        requests: count,
        statuses,
        seconds,
        perSecond: count / seconds,
        spread: spreadOf(latencies.subarray(0, count)),
        tenths: tenthsOf(startedAt, finished.subarray(0, count)),
        fromUs,
        toUs: sharedClockUs(),
        cpuMs: (user + system) / 1_000,
      }
    },
  }
}
