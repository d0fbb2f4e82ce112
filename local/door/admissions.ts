// Usage plans: rate, burst and quota of each API key, and the throttle of the whole agency door. Counted in the primary process,
// so that the numbers hold whichever worker a request comes to.
import type { AgencyDoorPlan, UsagePlan } from '../template/plan.ts'
import type { Verdict } from '../worker/messages.ts'
import { type Bucket, bucketOf } from './throttle.ts'

const PERIOD_MS = { DAY: 86_400_000, WEEK: 7 * 86_400_000, MONTH: 30 * 86_400_000 } as const

interface Account {
  readonly bucket: Bucket | undefined
  readonly quota: UsagePlan['quota']
  period: number
  used: number
}

export const admissions = (door: AgencyDoorPlan | undefined): ((keyId: string | undefined, now: number) => Verdict) => {
  const whole = door?.throttle && bucketOf(door.throttle)
  const accounts = new Map<string, Account>()
  for (const { id, plan } of door?.keys ?? []) {
    if (plan)
      accounts.set(id, { bucket: plan.throttle && bucketOf(plan.throttle), quota: plan.quota, period: -1, used: 0 })
  }
  return (keyId, now) => {
    const account = keyId === undefined ? undefined : accounts.get(keyId)
    if (account && !withinQuota(account, now)) return 'quota spent'
    if (account?.bucket && !account.bucket.take(now)) return 'throttled'
    if (whole && !whole.take(now)) return 'throttled'
    if (account) account.used += 1
    return 'admitted'
  }
}

const withinQuota = (account: Account, now: number): boolean => {
  if (!account.quota) return true
  const period = Math.floor(now / PERIOD_MS[account.quota.period])
  if (period !== account.period) {
    account.period = period
    account.used = 0
  }
  return account.used < account.quota.limit
}
