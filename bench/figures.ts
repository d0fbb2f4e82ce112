// Figures over many requests. Percentiles are nearest-rank: always a value that was seen.

export interface Spread {
  readonly meanMs: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
}

export const percentile = (sorted: Float64Array, share: number): number => {
  const rank = Math.max(1, Math.ceil(share * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

export const spreadOf = (latenciesMs: Float64Array): Spread => {
  const sorted = latenciesMs.toSorted()
  const sum = sorted.reduce((total, each) => total + each, 0)
  return {
    meanMs: sum / sorted.length,
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
    p99Ms: percentile(sorted, 0.99),
  }
}

const TENTHS = 10

/** Rates per second of ten equal parts of the work, in the order in which replies came. */
export const tenthsOf = (startedAtMs: number, finishedAtMs: Float64Array): readonly number[] => {
  const sorted = finishedAtMs.toSorted()
  const timeAt = (count: number): number => (count === 0 ? startedAtMs : (sorted[count - 1] ?? startedAtMs))
  return Array.from({ length: TENTHS }, (_, tenth) => {
    const from = Math.round((sorted.length * tenth) / TENTHS)
    const to = Math.round((sorted.length * (tenth + 1)) / TENTHS)
    return ((to - from) * 1_000) / (timeAt(to) - timeAt(from))
  })
}

export const medianOf = (values: readonly number[]): number => percentile(Float64Array.from(values).toSorted(), 0.5)
