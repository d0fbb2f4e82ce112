import { describe, expect, it, vi } from 'vitest'
import { serve } from '../../shared/edge/serve.ts'
import { Busy } from '../../shared/kernel/busy.ts'
import type { UseCase } from '../../shared/kernel/endpoint.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { context, httpApiEvent } from '../support/events.ts'
import { ask, greet, issuer, ports, said } from '../support/greeting.ts'

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
