// Two small endpoints, and what stands around them, for tests of the edge.
import { afterEach, beforeEach, vi } from 'vitest'
import * as z from 'zod'
import { serve } from '../../shared/edge/serve.ts'
import { citizen, operator } from '../../shared/kernel/caller.ts'
import { endpoint, replay, type UseCase } from '../../shared/kernel/endpoint.ts'
import { accept } from '../../shared/kernel/result.ts'
import { context, httpApiEvent, ORIGIN_SECRET, type Wish } from './events.ts'
import { ISSUER, testIssuer } from './issuer.ts'

export const NOW = Date.parse('2026-12-01T12:00:00+08:00')
export const NOW_SECONDS = NOW / 1_000

const Body = z.strictObject({ pools: z.array(z.string().max(10)).min(1).max(3), wins: z.int().max(5).optional() })
export const greet = endpoint({
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
export const manage = endpoint({
  name: 'manage',
  route: 'GET /v1/manage',
  summary: { zh: '管理', en: 'Manage' },
  caller: operator(),
  replies: { 200: z.strictObject({ staffId: z.string() }) },
  problems: [],
  budgetMs: 1_000,
  harm: 'Nobody manages',
})

export const issuer = await testIssuer(NOW_SECONDS)
beforeEach(() => {
  vi.stubEnv('ISSUER', ISSUER)
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

export const ports = () => ({
  clock: { now: () => NOW, pause: async () => {} },
  origin: { secrets: async () => [ORIGIN_SECRET] },
  outside: { keySet: () => issuer.keySet() },
})
export const said: UseCase<typeof greet> = async ({ body }) =>
  accept({ status: 201, body: { said: body.pools.join() } })

export const ask = async (wish: Wish = {}, useCase: UseCase<typeof greet> = said) => {
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
export const withToken = async (token: Promise<string> | string) =>
  ask({ headers: { authorization: `Bearer ${await token}` } })
