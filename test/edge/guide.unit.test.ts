import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { city } from '../../shared/city.ts'
import { guide } from '../../shared/edge/guide.ts'
import { context, httpApiEvent, ORIGIN_SECRET, restApiEvent, type Wish } from '../support/events.ts'

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const handler = () =>
  guide(
    city.fallback,
    city.endpoints.map(({ declared }) => declared),
    () => ({ clock: { now: () => 0, pause: async () => {} }, origin: { secrets: async () => [ORIGIN_SECRET] } }),
  )
const ask = async (wish: Wish) => {
  const reply = await handler()(httpApiEvent(wish), context)
  return { status: reply.statusCode, headers: reply.headers, body: reply.body === '' ? '' : JSON.parse(reply.body) }
}

describe('where nothing is declared', () => {
  it('an unknown address is a problem in the language of the caller', async () => {
    expect(await ask({ path: '/v1/nowhere', headers: { 'accept-language': 'en' } })).toMatchObject({
      status: 404,
      body: { code: 'ROUTE_UNKNOWN', title: 'There is nothing at this address' },
      headers: { 'content-type': 'application/problem+json', 'x-content-type-options': 'nosniff' },
    })
    expect(await ask({ path: '/v1/nowhere' })).toMatchObject({ body: { title: '沒有這個網址' } })
  })

  it('an address with a slash too many is another address', async () => {
    expect(await ask({ path: '/v1/campaigns/' })).toMatchObject({ status: 404, body: { code: 'ROUTE_UNKNOWN' } })
  })

  it('a wrong method is told which ones there are', async () => {
    expect(await ask({ method: 'DELETE', path: '/v1/campaigns' })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, POST' },
      body: { code: 'METHOD_NOT_ALLOWED', facts: { allowed: ['GET', 'POST'] } },
    })
  })

  it('a preflight may read what anyone may read, and nothing else', async () => {
    const open = await ask({ method: 'OPTIONS', path: '/v1/campaigns/bear' })
    expect(open).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET' },
    })
    const closed = await ask({ method: 'OPTIONS', path: '/v1/registrations' })
    expect(closed.status).toBe(204)
    expect(closed.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('a direct call is refused before it learns anything', async () => {
    expect(await ask({ path: '/v1/nowhere', direct: true })).toMatchObject({
      status: 403,
      body: { code: 'ORIGIN_REFUSED' },
    })
  })

  it('the agency door is guided as well', async () => {
    const reply = await handler()(restApiEvent({ path: '/agency/v1/nowhere' }), context)
    expect(reply.statusCode).toBe(404)
  })

  it('a fault of ours is not told as a refusal', async () => {
    const broken = guide(city.fallback, [], () => ({
      clock: { now: () => 0, pause: async () => {} },
      origin: { secrets: () => Promise.reject(new Error('no secret to be had')) },
    }))
    expect((await broken(httpApiEvent({ path: '/' }), context)).statusCode).toBe(500)
  })
})
