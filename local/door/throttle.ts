// The token bucket of API Gateway: `burst` requests at once, refilled at `rate` a second.
import type { Throttle } from '../template/plan.ts'

export interface Bucket {
  take(now: number): boolean
}

export const bucketOf = (throttle: Throttle): Bucket => {
  let tokens = throttle.burst
  let filledAt: number | undefined
  return {
    take: (now) => {
      tokens = Math.min(throttle.burst, tokens + ((now - (filledAt ?? now)) / 1_000) * throttle.rate)
      filledAt = now
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}

/** Each worker counts its own share: connections are spread evenly among them. */
export const shareOf = (throttle: Throttle, workers: number): Throttle => ({
  rate: throttle.rate / workers,
  burst: Math.max(1, Math.ceil(throttle.burst / workers)),
})
