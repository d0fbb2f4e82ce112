// A value fetched from far away and kept for a while. However many ask at once, one fetch is under way.
import type { Clock } from '../kernel/ports.ts'

export interface Kept<Value> {
  /** `refetch` asks anew even before its time, but not more often than MIN_REFETCH_MS: strangers can cause it. */
  get(how?: { readonly refetch: boolean }): Promise<Value>
}

export const MIN_REFETCH_MS = 10_000
/** An outage of the keeper of secrets does not stop what runs: the old value serves this much longer. */
export const MAX_OVERDUE_MS = 3_600_000

export const kept = <Value>(clock: Clock, maxAgeMs: number, fetch: () => Promise<Value>): Kept<Value> => {
  let held: { readonly value: Value; readonly fetchedAt: number } | undefined
  let underWay: Promise<Value> | undefined
  let triedAt = Number.NEGATIVE_INFINITY

  /** What is held, unless it is older than this. */
  const heldWithin = (ageMs: number) => (held && clock.now() - held.fetchedAt < ageMs ? held : undefined)

  const refresh = async (): Promise<Value> => {
    triedAt = clock.now()
    try {
      const value = await fetch()
      held = { value, fetchedAt: triedAt }
      return value
    } catch (error) {
      const overdue = heldWithin(maxAgeMs + MAX_OVERDUE_MS)
      if (overdue) return overdue.value
      throw error
    }
  }

  return {
    get(how) {
      const hasJustTried = clock.now() - triedAt < MIN_REFETCH_MS
      const fresh = how?.refetch ? undefined : heldWithin(maxAgeMs)
      const good = fresh ?? (hasJustTried ? heldWithin(maxAgeMs + MAX_OVERDUE_MS) : undefined)
      if (good) return Promise.resolve(good.value)
      underWay ??= refresh().finally(() => {
        underWay = undefined
      })
      return underWay
    },
  }
}
