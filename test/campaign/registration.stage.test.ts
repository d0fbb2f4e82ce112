// The journey of one citizen through the whole house, and what bad input gets, over HTTP on the stage that people start.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import * as z from 'zod'
import { problems } from '../../shared/kernel/problems.ts'
import { bearer, type CityStage, callerAt, startCityStage } from '../support/city-stage.ts'

let stage: CityStage
let campaignId: string
let citizen: string
let operator: string

const HOUR = 3_600_000
const later = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString()
const plan = (changes: object = {}) => ({
  campaignId: 'stage-test',
  name: { zh: '測試券', en: 'Test vouchers' },
  summary: { zh: '測試', en: 'For tests' },
  pools: [{ poolId: 'arts', name: { zh: '藝文', en: 'Arts' }, quota: 10, faceValueTwd: 500 }],
  opensAt: later(-HOUR),
  closesAt: later(24 * HOUR),
  drawsAt: later(48 * HOUR),
  maxWinsPerPerson: 1,
  ...changes,
})

const publish = async (changes: { campaignId: string } & Record<string, unknown>) => {
  const city = callerAt(stage, bearer(operator))
  const made = await city('createCampaign', { body: plan(changes), idempotencyKey: `create-${changes.campaignId}` })
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  await city('publishCampaign', { path: { campaignId: changes.campaignId } })
}

const Call = z.looseObject({
  at: z.number(),
  function: z.string(),
  operation: z.string(),
  actions: z.array(z.tuple([z.string(), z.string()])),
  writeUnits: z.number().default(0),
  readUnits: z.number().default(0),
})

/** What the function of the register endpoint asked of DynamoDB so far, as the wire has seen it. */
const registrationCalls = () =>
  readFileSync(join(stage.dataDir, 'calls.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('campaign-register"') && line.includes('dynamodb:'))
    .map((line) => Call.parse(JSON.parse(line)))
    .map((call) => ({ ...call, table: call.actions[0]?.[1].split('tongquan-local-').at(-1) }))

beforeAll(async () => {
  stage = await startCityStage({ assembly: inject('assembly'), args: ['--permissions'] })
  citizen = await stage.token('citizen', 'number=A123456789')
  operator = await stage.token('operator')
  const listed = await callerAt(stage)('listCampaigns', {})
  campaignId = listed.ok ? (listed.body.campaigns.find(({ phase }) => phase === 'OPEN')?.campaignId ?? '') : ''
})
afterAll(async () => {
  expect(await stage.stop()).toBe(0)
})

describe('a citizen', () => {
  it('registers, repeats, looks, changes, withdraws and comes back', async () => {
    const city = callerAt(stage, bearer(citizen))
    const path = { campaignId }
    const mine = { campaignId, registrationNumber: 'mine' } as const
    const first = await city('register', { path, body: { pools: ['arts'] }, idempotencyKey: 'journey-1' })
    expect(first).toMatchObject({ ok: true, status: 201, replayed: false, body: { lane: 'odd', pools: ['arts'] } })
    const again = await city('register', { path, body: { pools: ['arts'] }, idempotencyKey: 'journey-1' })
    expect(again).toMatchObject({ ok: true, status: 200, replayed: true, body: first.ok ? first.body : {} })
    const other = await city('register', { path, body: { pools: ['sports'] }, idempotencyKey: 'journey-1' })
    expect(other).toMatchObject({ status: 422, problem: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    expect(await city('viewRegistration', { path: mine })).toMatchObject({
      status: 200,
      body: first.ok ? first.body : {},
    })
    const changed = await city('changePools', { path: mine, body: { pools: ['sports', 'dining'] } })
    expect(changed).toMatchObject({ status: 200, body: { pools: ['dining', 'sports'] } })
    expect(await city('withdraw', { path: mine })).toMatchObject({ status: 200, body: { status: 'WITHDRAWN' } })
    const late = await city('register', { path, body: { pools: ['arts'] }, idempotencyKey: 'journey-2' })
    expect(late).toMatchObject({ status: 409, problem: { code: 'REGISTRATION_WITHDRAWN', facts: { revision: 3 } } })
    const back = await city('register', {
      path,
      body: { pools: ['arts'], comesBackFrom: 3 },
      idempotencyKey: 'journey-3',
    })
    expect(back).toMatchObject({ status: 201, body: { status: 'STANDING', pools: ['arts'] } })
    expect(await city('listMyRegistrations', {})).toMatchObject({
      body: { registrations: [{ campaignId, status: 'STANDING' }] },
    })
  })

  it('costs one call and one write unit and no read, and a repeat one call and no read', async () => {
    const city = callerAt(stage, bearer(await stage.token('citizen', 'number=C180661564')))
    const ask = () => city('register', { path: { campaignId }, body: { pools: ['arts'] } })
    // The settings are read first, so that what follows pays for itself alone.
    await callerAt(stage, bearer(citizen))('register', { path: { campaignId }, body: { pools: ['arts'] } })
    const since = Date.now()
    expect([(await ask()).status, (await ask()).status]).toEqual([201, 200])
    const putsAndReads = () => registrationCalls().filter(({ at, table }) => at >= since && table !== 'campaigns')
    await expect.poll(() => putsAndReads().length).toBeGreaterThanOrEqual(2)
    const calls = putsAndReads()
    expect(calls.map(({ operation }) => operation)).toEqual(['PutItem', 'PutItem'])
    expect(calls[0]).toMatchObject({ writeUnits: 1, readUnits: 0 })
    expect(calls[1]).toMatchObject({ readUnits: 0 })
  })

  it('25 times at once has one entry', async () => {
    const city = callerAt(stage, bearer(await stage.token('citizen', 'number=A223456781')))
    const ask = () => city('register', { path: { campaignId }, body: { pools: ['arts'] } })
    const answers = await Promise.all(Array.from({ length: 25 }, ask))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(24).fill(200), 201])
  })

  it('of the even lane stands in the other table', async () => {
    const city = callerAt(stage, bearer(await stage.token('citizen', 'number=L122544270')))
    expect(await city('register', { path: { campaignId }, body: { pools: ['arts'] } })).toMatchObject({
      body: { lane: 'even' },
    })
  })
})

describe('bad input', () => {
  interface Bad {
    readonly method?: string
    readonly path?: string
    readonly headers?: Record<string, string>
    readonly body?: string
    readonly origin?: string
  }
  const send = async ({ method = 'POST', path, headers = {}, body, origin = stage.origin }: Bad) => {
    const reply = await fetch(`${origin}${path ?? `/v1/campaigns/${campaignId}/registrations`}`, {
      method,
      headers: { 'accept-language': 'en', 'content-type': 'application/json', ...headers },
      ...(method === 'GET' ? {} : { body: body ?? '{"pools":["arts"]}' }),
    })
    return { status: reply.status, type: reply.headers.get('content-type'), body: await reply.json() }
  }
  const nobody = 'number=F131104093'

  it.each<[string, keyof typeof problems, () => Promise<Bad> | Bad]>([
    ['an unknown route', 'ROUTE_UNKNOWN', () => ({ method: 'GET', path: '/v1/nowhere' })],
    ['a wrong method', 'METHOD_NOT_ALLOWED', () => ({ method: 'PATCH', path: '/v1/campaigns' })],
    ['a wrong content type', 'CONTENT_TYPE_UNSUPPORTED', () => ({ headers: { 'content-type': 'text/plain' } })],
    ['broken JSON', 'JSON_BROKEN', () => ({ body: '{"pools":[' })],
    ['extra fields', 'REQUEST_INVALID', () => ({ body: '{"pools":["arts"],"entrant":"me"}' })],
    ['wrong types', 'REQUEST_INVALID', () => ({ body: '{"pools":{"0":"arts"}}' })],
    ['no pool at all', 'REQUEST_INVALID', () => ({ body: '{"pools":[]}' })],
    ['300 KB', 'BODY_TOO_LARGE', () => ({ body: JSON.stringify({ pools: ['x'.repeat(300_000)] }) })],
    ['an unknown campaign', 'CAMPAIGN_UNKNOWN', () => ({ path: '/v1/campaigns/nowhere/registrations' })],
    ['an unknown pool', 'POOL_UNKNOWN', () => ({ body: '{"pools":["gold"]}' })],
    ['no token', 'TOKEN_MISSING', () => ({ headers: { authorization: '' } })],
    ['a bad token', 'TOKEN_INVALID', () => ({ headers: { authorization: 'Bearer a.b.c' } })],
    [
      'an expired token',
      'TOKEN_EXPIRED',
      async () => ({ headers: { authorization: `Bearer ${await stage.token('citizen', `${nobody}&seconds=-120`)}` } }),
    ],
    [
      'a token for another service',
      'TOKEN_FOR_ANOTHER_SERVICE',
      () => ({ headers: { authorization: `Bearer ${operator}` } }),
    ],
    ['a missing origin secret', 'ORIGIN_REFUSED', () => ({ origin: stage.state().direct })],
    [
      'a guessed origin secret',
      'ORIGIN_REFUSED',
      () => ({ origin: stage.state().direct, headers: { 'x-origin-secret': 'guess' } }),
    ],
    [
      'a number that is not mine',
      'REGISTRATION_NOT_YOURS',
      () => ({ method: 'GET', path: `/v1/campaigns/${campaignId}/registrations/0000-0000-0000` }),
    ],
    [
      'no registration yet',
      'REGISTRATION_UNKNOWN',
      () => ({ method: 'GET', path: `/v1/campaigns/${campaignId}/registrations/mine` }),
    ],
    [
      "a citizen at an operator's desk",
      'TOKEN_FOR_ANOTHER_SERVICE',
      () => ({ method: 'GET', path: '/v1/operator/campaigns' }),
    ],
    [
      'no Idempotency-Key where one is needed',
      'IDEMPOTENCY_KEY_MISSING',
      () => ({ path: '/v1/campaigns', headers: { authorization: `Bearer ${operator}` }, body: JSON.stringify(plan()) }),
    ],
    [
      'a campaign that closes before it opens',
      'REQUEST_INVALID',
      () => ({
        path: '/v1/campaigns',
        headers: { authorization: `Bearer ${operator}`, 'idempotency-key': 'bad-times' },
        body: JSON.stringify(plan({ closesAt: later(-2 * HOUR) })),
      }),
    ],
  ])('%s is %s, and nothing is stored', async (_, code, bad) => {
    const token = await stage.token('citizen', nobody)
    const wish = await bad()
    const reply = await send({ ...wish, headers: { authorization: `Bearer ${token}`, ...wish.headers } })
    expect(reply).toMatchObject({
      status: problems[code].status,
      type: 'application/problem+json',
      body: {
        code,
        title: problems[code].title.en,
        type: `urn:tongquan:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      },
    })
    const stored = await callerAt(stage, bearer(token))('listMyRegistrations', {})
    expect(stored).toMatchObject({ body: { registrations: [] } })
  })

  it('a draft is revised by who has seen its last revision, and by nobody once it is published', async () => {
    const city = callerAt(stage, bearer(operator))
    const { campaignId: draft, ...words } = { ...plan(), campaignId: 'a-draft' }
    await city('createCampaign', { body: { ...words, campaignId: draft }, idempotencyKey: 'create-a-draft' })
    const revise = (revision: number) =>
      city('reviseCampaign', { path: { campaignId: draft }, body: { ...words, revision } })
    expect(await revise(1)).toMatchObject({ status: 200, body: { revision: 2 } })
    expect(await revise(1)).toMatchObject({ status: 409, problem: { code: 'CAMPAIGN_CHANGED' } })
    await city('publishCampaign', { path: { campaignId: draft } })
    expect(await revise(2)).toMatchObject({ status: 409, problem: { code: 'CAMPAIGN_ALREADY_PUBLISHED' } })
  })

  it('before opening, in the wrong lane window: each its own problem', async () => {
    await publish({ campaignId: 'not-yet', opensAt: later(HOUR) })
    await publish({
      campaignId: 'even-day',
      laneWindows: {
        odd: [{ from: later(HOUR), to: later(2 * HOUR) }],
        even: [{ from: later(-HOUR), to: later(HOUR) }],
      },
    })
    const city = callerAt(stage, bearer(citizen))
    const ask = async (id: string) => city('register', { path: { campaignId: id }, body: { pools: ['arts'] } })
    expect(await ask('not-yet')).toMatchObject({ status: 409, problem: { code: 'CAMPAIGN_NOT_OPEN' } })
    expect(await ask('even-day')).toMatchObject({
      status: 409,
      problem: { code: 'LANE_NOT_OPEN', facts: { lane: 'odd' } },
    })
  })

  it('after closing: registering, changing and withdrawing end at once', async () => {
    const closesAt = Math.ceil(Date.now() / 1_000) * 1_000 + 2_000
    await publish({ campaignId: 'closes-soon', closesAt: new Date(closesAt).toISOString() })
    const city = callerAt(stage, bearer(citizen))
    const path = { campaignId: 'closes-soon' }
    const register = () => city('register', { path, body: { pools: ['arts'] } })
    expect(await register()).toMatchObject({ status: 201 })
    await expect.poll(async () => (await register()).status, { timeout: 10_000, interval: 100 }).toBe(409)
    expect(Date.now()).toBeGreaterThanOrEqual(closesAt)
    expect(await register()).toMatchObject({ problem: { code: 'CAMPAIGN_CLOSED' } })
    const mine = { ...path, registrationNumber: 'mine' } as const
    expect(await city('withdraw', { path: mine })).toMatchObject({ problem: { code: 'CAMPAIGN_CLOSED' } })
    expect(await city('viewRegistration', { path: mine })).toMatchObject({ body: { status: 'STANDING' } })
  })
})

describe('an agency', () => {
  it('reads with its key, and not without or with another', async () => {
    const read = (key?: string) => callerAt(stage, key === undefined ? {} : { 'x-api-key': key })('listForAgencies', {})
    expect(await read(stage.agencyKey)).toMatchObject({ ok: true, status: 200 })
    const refused = { type: 'urn:tongquan:problem:api-key-refused', code: 'API_KEY_REFUSED' }
    expect(await read()).toMatchObject({ status: 403, problem: refused })
    expect(await read('local-guess')).toMatchObject({ status: 403, problem: refused })
  })

  it('is told that the count is not ready while a campaign is open', async () => {
    const city = callerAt(stage, { 'x-api-key': stage.agencyKey })
    expect(await city('viewClosing', { path: { campaignId } })).toMatchObject({
      problem: { code: 'CLOSING_NOT_READY' },
    })
  })
})

describe('everyone', () => {
  it('reads campaigns from a cache for five seconds, and not again what has not changed', async () => {
    const read = (headers: Record<string, string> = {}) =>
      fetch(`${stage.origin}/v1/campaigns/${campaignId}`, { headers })
    const first = await read()
    expect(first.headers.get('cache-control')).toBe('public, max-age=5, stale-while-revalidate=5')
    const again = await read({ 'if-none-match': first.headers.get('etag') ?? '' })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('finds the API described, page and document', async () => {
    expect((await fetch(`${stage.origin}/openapi.json`)).headers.get('content-type')).toContain('application/json')
    const page = await fetch(`${stage.origin}/docs`)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).toContain('登記參加抽籤')
  })
})
