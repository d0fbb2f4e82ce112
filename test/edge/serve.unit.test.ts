import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { serve } from '../../shared/edge/serve.ts'
import { Busy } from '../../shared/kernel/busy.ts'
import { citizen, operator } from '../../shared/kernel/caller.ts'
import { endpoint, replay, type UseCase } from '../../shared/kernel/endpoint.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { context, httpApiEvent, ORIGIN_SECRET, type Wish } from '../support/events.ts'
import { ISSUER, STAFF_AUDIENCE, type TestIssuer, testIssuer } from '../support/issuer.ts'

const NOW = Date.parse('2026-12-01T12:00:00+08:00')
const NOW_SECONDS = NOW / 1_000

const Body = z.strictObject({ pools: z.array(z.string().max(10)).min(1).max(3), wins: z.int().max(5).optional() })
const greet = endpoint({
  name: 'greet',
  route: 'POST /v1/greetings/{id}',
  summary: { zh: '問候', en: 'Greet' },
  caller: citizen({ tier: 'B' }),
  path: { id: z.string().max(5) },
  body: Body,
  idempotencyKey: 'optional',
  replies: { 201: z.strictObject({ said: z.string() }), 200: replay(z.strictObject({ said: z.string() })) },
  problems: ['CAMPAIGN_CLOSED'],
  budgetMs: 50,
  harm: 'Nobody is greeted',
})
const manage = endpoint({
  name: 'manage',
  route: 'GET /v1/manage',
  summary: { zh: '管理', en: 'Manage' },
  caller: operator(),
  replies: { 200: z.strictObject({ staffId: z.string() }) },
  problems: [],
  budgetMs: 1_000,
  harm: 'Nobody manages',
})

let issuer: TestIssuer
beforeAll(async () => {
  issuer = await testIssuer(NOW_SECONDS)
})
beforeEach(() => {
  vi.stubEnv('ISSUER', ISSUER)
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const ports = () => ({
  clock: { now: () => NOW, pause: async () => {} },
  origin: { secrets: async () => [ORIGIN_SECRET] },
  outside: { keySet: () => issuer.keySet() },
})
const said: UseCase<typeof greet> = async ({ body }) => accept({ status: 201, body: { said: body.pools.join() } })

const ask = async (wish: Wish = {}, useCase: UseCase<typeof greet> = said) => {
  const { authorization = `Bearer ${await issuer.token()}`, ...headers } = { ...wish.headers }
  const reply = await serve(
    greet,
    () => useCase,
    ports,
  )(
    httpApiEvent({
      method: 'POST',
      path: '/v1/greetings/a',
      pathParameters: { id: 'a' },
      body: '{"pools":["arts"]}',
      ...wish,
      headers: {
        'content-type': 'application/json',
        'accept-language': 'en',
        ...(authorization && { authorization }),
        ...headers,
      },
    }),
    context,
  )
  return {
    status: reply.statusCode,
    headers: reply.headers,
    body: reply.body === '' ? undefined : JSON.parse(reply.body),
  }
}
const withToken = async (token: Promise<string> | string) =>
  ask({ headers: { authorization: `Bearer ${await token}` } })

describe('an endpoint at the citizen door', () => {
  it('answers with the declared reply, a request id and the headers of every reply', async () => {
    const reply = await ask()
    expect(reply).toMatchObject({ status: 201, body: { said: 'arts' } })
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'request-1',
    })
    expect(reply.headers['strict-transport-security']).toContain('max-age=')
  })

  it('refuses what did not come through the CDN, whatever it carries', async () => {
    expect(await ask({ direct: true })).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } })
    expect(await ask({ headers: { 'x-origin-secret': 'guessed' } })).toMatchObject({
      status: 403,
      body: { code: 'ORIGIN_REFUSED' },
    })
  })

  it('asks for the secrets once more before it refuses, since the CDN may know a newer one', async () => {
    const origin = {
      secrets: async (how?: { refetch: boolean }) => (how?.refetch ? ['a-newer-secret'] : ['an-older-secret']),
    }
    const handler = serve(
      greet,
      () => said,
      () => ({ ...ports(), origin }),
    )
    const reply = await handler(httpApiEvent({ headers: { 'x-origin-secret': 'a-newer-secret' } }), context)
    expect(JSON.parse(reply.body)).toMatchObject({ code: 'TOKEN_MISSING' })
  })

  it.each([
    ['no content type', { headers: { 'content-type': '' } }, 415, 'CONTENT_TYPE_UNSUPPORTED'],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'CONTENT_TYPE_UNSUPPORTED'],
    [
      'another charset',
      { headers: { 'content-type': 'application/json; charset=big5' } },
      415,
      'CONTENT_TYPE_UNSUPPORTED',
    ],
    ['broken JSON', { body: '{"pools":' }, 400, 'JSON_BROKEN'],
    ['no body', { body: '' }, 400, 'JSON_BROKEN'],
    ['broken UTF-8', { body: Buffer.from([0x22, 0xc3, 0x22]).toString('base64'), isBase64: true }, 400, 'JSON_BROKEN'],
    ['300 KB', { body: JSON.stringify({ pools: ['x'.repeat(300 * 1_024)] }) }, 413, 'BODY_TOO_LARGE'],
    ['an extra field', { body: '{"pools":["arts"],"admin":true}' }, 400, 'REQUEST_INVALID'],
    ['a wrong type', { body: '{"pools":"arts"}' }, 400, 'REQUEST_INVALID'],
    ['a value out of range', { body: '{"pools":["arts"],"wins":6}' }, 400, 'REQUEST_INVALID'],
    ['a path out of range', { pathParameters: { id: 'too-long' } }, 400, 'REQUEST_INVALID'],
    ['a short Idempotency-Key', { headers: { 'idempotency-key': 'short' } }, 400, 'REQUEST_INVALID'],
  ])('refuses %s', async (_, wish, status, code) => {
    const useCase = vi.fn(said)
    expect(await ask(wish, useCase)).toMatchObject({ status, body: { status, code } })
    expect(useCase).not.toHaveBeenCalled()
  })

  it('points at each wrong field in the language of the caller, and never repeats the value', async () => {
    const wish = { body: '{"pools":["arts", 7654321],"wins":"many"}' }
    const english = await ask(wish)
    expect(english.headers['content-type']).toBe('application/problem+json')
    expect(english.body.errors).toEqual([
      { pointer: '#/pools/1', detail: 'Invalid input: expected string, received number' },
      { pointer: '#/wins', detail: 'Invalid input: expected number, received string' },
    ])
    const chinese = await ask({ ...wish, headers: { 'accept-language': 'zh-TW' } })
    expect(chinese).toMatchObject({ headers: { 'content-language': 'zh-TW' }, body: { title: '送出的資料有誤' } })
    expect(JSON.stringify([english.body, chinese.body])).not.toContain('7654321')
  })

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

  it('tells the facts of a refusal and the hash of the key and body to the use case', async () => {
    const useCase = vi.fn<UseCase<typeof greet>>(async () => refuse('CAMPAIGN_CLOSED', { closedAt: 'noon' }))
    const reply = await ask({ headers: { 'idempotency-key': 'a-key-of-mine' } }, useCase)
    expect(reply).toMatchObject({ status: 409, body: { code: 'CAMPAIGN_CLOSED', facts: { closedAt: 'noon' } } })
    await ask({ headers: { 'idempotency-key': 'a-key-of-mine' }, body: ' {"pools" : ["arts"]}' }, useCase)
    const [first, second] = useCase.mock.calls.map(([{ repeat }]) => repeat)
    expect(first).toEqual(second)
    expect(first?.keyHash).toHaveLength(43)
  })

  it('marks a replay', async () => {
    const reply = await ask({}, async () => accept({ status: 200, body: { said: 'before' } }))
    expect(reply).toMatchObject({ status: 200, headers: { 'idempotent-replayed': 'true' } })
  })

  it('lets no stray field out: an answer that breaks its promise is a fault of ours', async () => {
    const leaky = { said: 'x', secret: 'inner' }
    const reply = await ask({}, async () => accept({ status: 201, body: leaky }))
    expect(reply).toMatchObject({ status: 500, body: { code: 'FAULT' } })
    expect(JSON.stringify(reply)).not.toContain('inner')
  })

  it('counts the whole way in against the time, not the use case alone', async () => {
    const outside = { keySet: () => new Promise<never>(() => {}) }
    const handler = serve(
      greet,
      () => said,
      () => ({ ...ports(), outside }),
    )
    const event = httpApiEvent({ headers: { authorization: `Bearer ${await issuer.token()}` } })
    const cold = handler(event, context)
    const warm = await handler(event, context)
    expect([warm.statusCode, JSON.parse(warm.body).code]).toEqual([503, 'TOO_SLOW'])
    expect((await cold).statusCode).toBe(503)
  })

  it('cuts the answer to a body with thousands of wrong fields', async () => {
    const fields = Object.fromEntries(Array.from({ length: 20_000 }, (_, place) => [`f${place}`, 0]))
    const reply = await ask({ body: JSON.stringify({ pools: ['arts'], ...fields }) })
    expect(reply.status).toBe(400)
    expect(JSON.stringify(reply.body).length).toBeLessThan(2_000)
  })

  it.each([
    ['a bug', () => Promise.reject(new Error('secret inner words')), 500, 'FAULT'],
    ['an overloaded engine', () => Promise.reject(new Busy('busy')), 503, 'BUSY'],
  ])('answers %s without telling why', async (_, useCase, status, code) => {
    const reply = await ask({}, useCase)
    expect(reply).toMatchObject({ status, body: { code } })
    expect(JSON.stringify(reply)).not.toContain('inner words')
    if (status === 503) expect(reply.headers['retry-after']).toBe('2')
  })
})
