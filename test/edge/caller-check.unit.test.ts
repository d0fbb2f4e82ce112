import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { serve } from '../../shared/edge/serve.ts'
import { citizen } from '../../shared/kernel/caller.ts'
import { endpoint } from '../../shared/kernel/endpoint.ts'
import { accept } from '../../shared/kernel/result.ts'
import { context, httpApiEvent } from '../support/events.ts'
import { greet, issuer, manage, NOW, NOW_SECONDS, ports, said, withToken } from '../support/greeting.ts'
import { STAFF_AUDIENCE, testIssuer } from '../support/issuer.ts'

describe('who is calling', () => {
  it.each([
    ['no token', () => '', 'TOKEN_MISSING'],
    ['nonsense', () => 'nonsense', 'TOKEN_INVALID'],
    ['an expired token', () => issuer.token(undefined, { issuedAt: NOW_SECONDS - 1_200 }), 'TOKEN_EXPIRED'],
    [
      'a token of tomorrow',
      () => issuer.token({ sub: 'somebody', lane: 'odd', tier: 'B', nbf: NOW_SECONDS + 600 }),
      'TOKEN_INVALID',
    ],
    [
      "another service's token",
      () => issuer.token(undefined, { audience: STAFF_AUDIENCE }),
      'TOKEN_FOR_ANOTHER_SERVICE',
    ],
    ["another issuer's token", () => issuer.token(undefined, { issuer: 'https://elsewhere.invalid' }), 'TOKEN_INVALID'],
    ['an id token', () => issuer.token(undefined, { typ: 'JWT' }), 'TOKEN_INVALID'],
    ['an unknown key', () => issuer.token(undefined, { kid: 'key-9' }), 'TOKEN_INVALID'],
    ["a stranger's signature", async () => (await testIssuer(NOW_SECONDS)).token(), 'TOKEN_INVALID'],
    ['a token without a lane', () => issuer.token({ sub: 'somebody', tier: 'B' }), 'TOKEN_INVALID'],
    ['a token that never expires', () => issuer.token(undefined, { lasting: true }), 'TOKEN_INVALID'],
    ['another algorithm of the same key', () => issuer.token(undefined, { algorithm: 'RS512' }), 'TOKEN_INVALID'],
    ['another padding of the same key', () => issuer.token(undefined, { algorithm: 'PS256' }), 'TOKEN_INVALID'],
    [
      'a good token as long as a book',
      () => issuer.token({ sub: 'somebody-1', lane: 'odd', tier: 'B', book: 'x'.repeat(4_000) }),
      'TOKEN_INVALID',
    ],
  ])('refuses %s', async (_, token, code) => {
    const reply = await withToken(await token())
    expect(reply).toMatchObject({ status: 401, body: { code } })
    expect(reply.headers['www-authenticate']).toContain('Bearer')
  })

  it('refuses a token whose payload was changed', async () => {
    const [header, payload = '', signature] = (await issuer.token()).split('.')
    const changed = JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), lane: 'even' })
    const forged = [header, Buffer.from(changed).toString('base64url'), signature].join('.')
    expect(await withToken(forged)).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } })
  })

  it('allows a minute of difference between the clocks, and no more', async () => {
    expect(await withToken(issuer.token(undefined, { issuedAt: NOW_SECONDS - 659 }))).toMatchObject({ status: 201 })
    expect(await withToken(issuer.token(undefined, { issuedAt: NOW_SECONDS - 661 }))).toMatchObject({ status: 401 })
  })

  it('learns a new signing key without being told', async () => {
    const next = await testIssuer(NOW_SECONDS, 'key-2')
    let now = NOW
    const keySet = vi.fn(issuer.keySet)
    const handler = serve(
      greet,
      () => said,
      () => ({ ...ports(), clock: { ...ports().clock, now: () => now }, outside: { keySet } }),
    )
    const askWith = async (token: string) =>
      (await handler(httpApiEvent({ headers: { authorization: `Bearer ${token}` } }), context)).statusCode
    expect(await askWith(await next.token())).toBe(401)
    keySet.mockImplementation(next.keySet)
    expect(await askWith(await next.token())).toBe(401)
    now += 31_000
    expect(await askWith(await next.token())).not.toBe(401)
    expect(keySet).toHaveBeenCalledTimes(2)
  })

  it('asks a sign-in that is down no more than twice a minute while it holds keys', async () => {
    let now = NOW
    const keySet = vi.fn(issuer.keySet)
    const clock = { ...ports().clock, now: () => now }
    const handler = serve(
      greet,
      () => said,
      () => ({ ...ports(), clock, outside: { keySet } }),
    )
    const askWith = async (token: string) =>
      (await handler(httpApiEvent({ headers: { authorization: `Bearer ${token}` } }), context)).statusCode
    await askWith(await issuer.token())
    keySet.mockRejectedValue(new Error('down'))
    now += 700_000
    const late = await issuer.token(undefined, { issuedAt: NOW_SECONDS + 700 })
    const answers = await Promise.all(Array.from({ length: 50 }, () => askWith(late)))
    for (let place = 0; place < 50; place += 1) await askWith(late)
    expect(answers.every((status) => status !== 401 && status < 500)).toBe(true)
    expect(keySet).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['is down', () => Promise.reject(new Error('down'))],
    ['publishes nonsense', async () => ({ keys: 'none' })],
    [
      'publishes a private key',
      async () => ({ keys: [{ kty: 'RSA', kid: 'key-1', n: 'n', e: 'AQAB', d: 'private' }] }),
    ],
  ])('says that it is busy when the sign-in %s and there is no key to check by', async (_, keySet) => {
    const handler = serve(
      greet,
      () => said,
      () => ({ ...ports(), outside: { keySet } }),
    )
    const event = httpApiEvent({ headers: { authorization: `Bearer ${await issuer.token()}` } })
    expect((await handler(event, context)).statusCode).toBe(503)
  })

  it('lets nobody in at tier A with a token of tier B', async () => {
    const declared = endpoint({
      ...manage,
      name: 'claims',
      caller: citizen({ tier: 'A' }),
      replies: { 200: z.strictObject({}) },
    })
    const handler = serve(declared, () => async () => accept({ status: 200, body: {} }), ports)
    const as = async (tier: string) => {
      const token = await issuer.token({ sub: 'somebody-1', lane: 'odd', tier })
      return (await handler(httpApiEvent({ headers: { authorization: `Bearer ${token}` } }), context)).statusCode
    }
    expect([await as('A'), await as('B')]).toEqual([200, 403])
  })

  it('gives operators what only they may have', async () => {
    const handler = serve(
      manage,
      () =>
        async ({ caller }) =>
          accept({ status: 200, body: { staffId: caller.staffId } }),
      ports,
    )
    const as = async (groups: string[]) => {
      const token = await issuer.token({ sub: 'staff-1', groups }, { audience: STAFF_AUDIENCE })
      const reply = await handler(httpApiEvent({ headers: { authorization: `Bearer ${token}` } }), context)
      return JSON.parse(reply.body)
    }
    expect(await as(['operator'])).toEqual({ staffId: 'staff-1' })
    expect(await as(['auditor'])).toMatchObject({ status: 403, code: 'CALLER_NOT_ALLOWED' })
  })
})
