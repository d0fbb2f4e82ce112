import { beforeEach, describe, expect, it } from 'vitest'
import { withSecret } from '../../shared/cloud/cdn-cloudfront.ts'
import { type RotationEvent, rotateOriginSecret } from '../../shared/cloud/origin-secret-rotation.ts'

interface Version {
  value?: string
  stages: string[]
}

/** Secrets Manager and a CDN that is deployed after a few looks. */
const world = () => {
  const versions = new Map<string, Version>([
    ['old', { value: 'old-value', stages: ['AWSCURRENT'] }],
    ['new', { stages: ['AWSPENDING'] }],
  ])
  const seen = { sent: 'old-value', looks: 0, pausedMs: 0, looksNeeded: 3 }
  const versionOf = (token: string): Version => versions.get(token) ?? { stages: [] }
  let drawn = 0
  return {
    versions,
    seen,
    ports: {
      secret: {
        stages: async () => Object.fromEntries([...versions].map(([token, { stages }]) => [token, stages])),
        read: async (token: string) => versionOf(token).value,
        putPending: async (token: string, value: string) => {
          versions.set(token, { value, stages: ['AWSPENDING'] })
        },
        makeCurrent: async (token: string, former: string | undefined) => {
          if (former !== undefined) versions.set(former, { ...versionOf(former), stages: ['AWSPREVIOUS'] })
          versions.set(token, { ...versionOf(token), stages: ['AWSCURRENT'] })
        },
      },
      cdn: {
        sendSecret: async (value: string) => {
          seen.sent = value
        },
        isDeployed: async () => ++seen.looks >= seen.looksNeeded,
      },
      clock: {
        now: () => seen.pausedMs,
        pause: async (milliseconds: number) => {
          seen.pausedMs += milliseconds
        },
      },
      random: { bytes: (count: number) => Buffer.alloc(count, ++drawn), fraction: () => 0 },
    },
  }
}

const step = (Step: RotationEvent['Step']): RotationEvent => ({ Step, SecretId: 'origin', ClientRequestToken: 'new' })
const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const

describe('rotating the origin secret', () => {
  let { versions, seen, ports } = world()
  beforeEach(() => {
    ;({ versions, seen, ports } = world())
  })

  it('ends with a new current value that the CDN sends, and the old one still known', async () => {
    for (const name of steps) await rotateOriginSecret(ports)(step(name))
    expect(versions.get('new')?.stages).toEqual(['AWSCURRENT'])
    expect(versions.get('old')?.stages).toEqual(['AWSPREVIOUS'])
    expect(seen.sent).toBe(versions.get('new')?.value)
    expect(Buffer.from(seen.sent, 'base64url')).toHaveLength(48)
  })
  it('keeps the value it made when every step comes twice', async () => {
    for (const name of steps) {
      await rotateOriginSecret(ports)(step(name))
      const made = versions.get('new')?.value
      await rotateOriginSecret(ports)(step(name))
      expect(versions.get('new')?.value).toBe(made)
    }
    expect(versions.get('new')?.stages).toEqual(['AWSCURRENT'])
    expect(versions.get('old')?.stages).toEqual(['AWSPREVIOUS'])
  })
  it('gives up waiting for a CDN that is never deployed, and leaves the old value current', async () => {
    seen.looksNeeded = Number.POSITIVE_INFINITY
    await rotateOriginSecret(ports)(step('createSecret'))
    await expect(rotateOriginSecret(ports)(step('testSecret'))).rejects.toThrow('not deployed everywhere in time')
    expect(seen.pausedMs).toBe(720_000)
    expect(versions.get('old')?.stages).toEqual(['AWSCURRENT'])
  })
  it('sends nothing to the CDN that has not been made', async () => {
    await expect(rotateOriginSecret(ports)(step('setSecret'))).rejects.toThrow('has not been made')
    expect(seen.sent).toBe('old-value')
  })
  it('refuses a version that the secret does not know', async () => {
    const foreign = { ...step('createSecret'), ClientRequestToken: 'foreign' }
    await expect(rotateOriginSecret(ports)(foreign)).rejects.toThrow('not one of the secret')
    expect(versions.has('foreign')).toBe(false)
  })
})

describe('the secret in the configuration of the CDN', () => {
  const bucket = { Id: 'site', DomainName: 'site.s3' }
  const api = (value: string) => ({
    Id: 'api',
    DomainName: 'origin.example',
    CustomHeaders: {
      Quantity: 2,
      Items: [
        { HeaderName: 'X-Origin-Secret', HeaderValue: value },
        { HeaderName: 'x-other', HeaderValue: 'stays' },
      ],
    },
  })
  const configured = (value: string) => ({
    CallerReference: 'r',
    Comment: '',
    Enabled: true,
    DefaultCacheBehavior: undefined,
    Origins: { Quantity: 2, Items: [bucket, api(value)] },
  })

  it('is changed at the API alone', () => {
    expect(withSecret(configured('old'), 'new')).toEqual(configured('new'))
  })
  it('is left as it stands when it is so already', () => {
    expect(withSecret(configured('new'), 'new')).toBeUndefined()
  })
  it('is never put where none was', () => {
    const without = { ...configured('old'), Origins: { Quantity: 1, Items: [bucket] } }
    expect(() => withSecret(without, 'new')).toThrow('no origin of the CDN is sent')
  })
})
