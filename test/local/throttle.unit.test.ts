import { describe, expect, it } from 'vitest'
import { admissions } from '../../local/door/admissions.ts'
import { bucketOf, shareOf } from '../../local/door/throttle.ts'
import type { AgencyDoorPlan, UsagePlan } from '../../local/template/plan.ts'

const taken = (bucket: { take(now: number): boolean }, now: number, times: number) =>
  Array.from({ length: times }, () => bucket.take(now)).filter(Boolean).length

describe('a throttle', () => {
  it('lets a burst through and then its rate', () => {
    const bucket = bucketOf({ rate: 10, burst: 5 })
    expect(taken(bucket, 0, 20)).toBe(5)
    expect(taken(bucket, 100, 20)).toBe(1)
    expect(taken(bucket, 10_000, 20)).toBe(5)
  })

  it('is shared out among workers without leaving one with nothing', () => {
    expect(shareOf({ rate: 100, burst: 50 }, 4)).toEqual({ rate: 25, burst: 13 })
    expect(shareOf({ rate: 1, burst: 1 }, 4)).toEqual({ rate: 0.25, burst: 1 })
  })
})

const doorWith = (plan: Omit<UsagePlan, 'id'>): AgencyDoorPlan => ({
  apiId: 'a',
  stage: 'v',
  methods: [],
  keys: [{ id: 'key1', name: 'office', enabled: true, plan: { id: 'plan1', ...plan } }],
  responses: {},
  binaryTypes: [],
})

describe('a usage plan', () => {
  it('throttles one key by its own rate', () => {
    const admit = admissions(doorWith({ throttle: { rate: 1, burst: 2 } }))
    expect([admit('key1', 0), admit('key1', 0), admit('key1', 0), admit('key1', 1_000)]).toEqual([
      'admitted',
      'admitted',
      'throttled',
      'admitted',
    ])
    expect(admit(undefined, 0)).toBe('admitted')
  })

  it('spends its quota and has a new one in the next period', () => {
    const admit = admissions(doorWith({ quota: { limit: 2, period: 'DAY' } }))
    expect([admit('key1', 0), admit('key1', 1), admit('key1', 2), admit('key1', 86_400_000)]).toEqual([
      'admitted',
      'admitted',
      'quota spent',
      'admitted',
    ])
  })

  it('does not count against the quota what was throttled', () => {
    const admit = admissions(doorWith({ throttle: { rate: 1, burst: 1 }, quota: { limit: 2, period: 'DAY' } }))
    expect([admit('key1', 0), admit('key1', 0), admit('key1', 1_000), admit('key1', 2_000)]).toEqual([
      'admitted',
      'throttled',
      'admitted',
      'quota spent',
    ])
  })
})
