// One small city behind both doors.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { assemblyOf, smallCity } from './small-city.ts'
import { newDataDir, notesIn, type Running, runStage, stopStage } from './small-stage.ts'

/** Machines are busy at times; what is waited for usually comes at once. */
const PATIENCE_MS = 20_000

const dataDir = newDataDir()
let running: Running
let origin = ''
let direct = ''
let dynamodb = ''
let sqs = ''
let s3 = ''
let key = ''

beforeAll(async () => {
  running = runStage({ dataDir, assembly: assemblyOf(smallCity), environment: { WORKERS: '1' } })
  const state = await running.ready
  ;({ origin, direct, dynamodb, sqs, s3 } = state)
  key = state.agencyKeys[0]?.value ?? ''
})
afterAll(() => stopStage(running))

const Life = z.object({
  bornAt: z.number(),
  events: z.number(),
  late: z.number(),
  pid: z.number(),
  env: z.record(z.string(), z.string()),
})
const Echo = z.object({ headers: z.record(z.string(), z.string()), rawPath: z.string() })
const lifeOf = async () => Life.parse(await (await fetch(`${origin}/life`)).json())
const echoAt = async (base: string, headers: Record<string, string> = {}) =>
  Echo.parse(await (await fetch(`${base}/echo`, { headers })).json())

describe('the citizen door', () => {
  it('takes the route, and what no route takes to the default', async () => {
    expect(await (await fetch(`${origin}/plain`)).json()).toEqual({ hello: 'world' })
    const other = await fetch(`${origin}/nowhere`, {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'text/plain' },
    })
    expect([other.status, await other.json()]).toMatchObject([
      404,
      { message: 'anything else', event: { routeKey: '$default', body: 'x' } },
    ])
  })

  it('adds the origin secret and the viewer address behind the CDN, whatever the client says of them', async () => {
    const { headers } = await echoAt(origin, {
      'x-origin-secret': 'guessed',
      'cloudfront-viewer-address': '6.6.6.6:6',
      'cloudfront-viewer-country': 'XX',
    })
    expect(headers['x-origin-secret']).toMatch(/^\w{40}$/)
    expect(headers['cloudfront-viewer-address']).toMatch(/^(127\.0\.0\.1|::1):\d+$/)
    expect(headers).not.toHaveProperty('cloudfront-viewer-country')
  })

  it('adds nothing to a call that bypasses the CDN', async () => {
    const { headers } = await echoAt(direct, { 'x-origin-secret': 'guessed' })
    expect(headers['x-origin-secret']).toBe('guessed')
    expect(headers).not.toHaveProperty('cloudfront-viewer-address')
  })

  it.each([
    ['a function that throws', '/throw'],
    ['a function whose answer is malformed', '/odd-answer'],
    ['a function that ends its process', '/exit'],
    ['a function whose headers cannot be sent', '/broken-header'],
  ])('answers 500 in the words of the gateway for %s', async (_what, path) => {
    const answer = await fetch(origin + path)
    expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal Server Error' }])
  })

  it('refuses a body above ten megabytes by itself', async () => {
    const answer = await fetch(`${origin}/notes/large`, {
      method: 'POST',
      body: Buffer.alloc(10 * 1_024 * 1_024 + 1),
    }).catch(() => undefined)
    expect(answer?.status ?? 413).toBe(413)
  })
})

describe('a function', () => {
  it('stays warm, in an environment of its own', async () => {
    const first = await lifeOf()
    const second = await lifeOf()
    expect(second).toMatchObject({ bornAt: first.bornAt, events: first.events + 1 })
    expect(first.env).toMatchObject({
      TABLE_NOTES: 'notes',
      AWS_LAMBDA_FUNCTION_NAME: 'probe',
      AWS_ACCESS_KEY_ID: 'Probe',
      ORIGIN: origin,
    })
    expect(first.env).not.toHaveProperty('TONGQUAN_STAGE_BRIEF')
    expect(first.env).not.toHaveProperty('DATA_DIR')
  })

  it('writes to a log of its own', async () => {
    await fetch(`${origin}/plain`)
    const log = () => readFileSync(join(dataDir, 'logs', 'probe.1.log'), 'utf8')
    await expect.poll(log, { timeout: PATIENCE_MS }).toContain('said by the function probe')
  })

  it('is answered for and started afresh after its time-out', async () => {
    const before = await lifeOf()
    const answer = await fetch(`${origin}/slow`)
    expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal Server Error' }])
    const after = await lifeOf()
    expect(after.bornAt).toBeGreaterThan(before.bornAt)
    expect(after.events).toBe(1)
    expect(after.pid).toBe(before.pid)
  })

  it('is forked again with its worker when that crashes', async () => {
    const before = await lifeOf()
    await fetch(`${origin}/crash`).catch(() => undefined)
    await expect
      .poll(
        () =>
          lifeOf()
            .then(({ pid }) => pid !== before.pid)
            .catch(() => false),
        { timeout: PATIENCE_MS, interval: 50 },
      )
      .toBe(true)
  })
})

describe('a function of reserved concurrency', () => {
  it('takes no more events at once than that', async () => {
    const answers = await Promise.all(Array.from({ length: 3 }, () => fetch(`${origin}/narrow`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 503, 503])
    expect((await fetch(`${origin}/narrow`)).status).toBe(200)
  })
})

describe('the agency door', () => {
  const ask = (headers: Record<string, string> = {}) => fetch(`${origin}/agency/a/b?q=1`, { headers })

  it('asks for an API key, in the words of the template', async () => {
    for (const answer of [await ask(), await ask({ 'x-api-key': 'wrong' })]) {
      expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
        403,
        'application/problem+json',
        '{"says":"Forbidden"}',
      ])
    }
  })

  it('passes on a version 1.0 event, up to the burst of the usage plan', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask({ 'x-api-key': key })))
    const taken = answers.filter((answer) => answer.status === 200)
    expect(taken.length).toBe(3)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(3)
    expect(await taken[0]?.json()).toMatchObject({
      resource: '/agency/{proxy+}',
      pathParameters: { proxy: 'a/b' },
      requestContext: { identity: { apiKey: key, apiKeyId: 'Key' } },
    })
  })
})

describe('the house behind the doors', () => {
  it('takes messages to their consumer and what fails to the dead letters', async () => {
    const send = (body: string) =>
      fetch(sqs, {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
        body: JSON.stringify({ QueueUrl: `${sqs}/000000000000/jobs`, MessageBody: body }),
      })
    await Promise.all([send('note-from-queue'), send('poison')])
    await expect
      .poll(() => notesIn(dynamodb).then((notes) => notes.has('note-from-queue')), { timeout: PATIENCE_MS })
      .toBe(true)
    const dead = async () => {
      const answer = await fetch(sqs, {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.GetQueueAttributes' },
        body: JSON.stringify({
          QueueUrl: `${sqs}/000000000000/dead-letters`,
          AttributeNames: ['ApproximateNumberOfMessages'],
        }),
      })
      return z.object({ Attributes: z.object({ ApproximateNumberOfMessages: z.string() }) }).parse(await answer.json())
        .Attributes.ApproximateNumberOfMessages
    }
    await expect.poll(dead, { timeout: PATIENCE_MS }).toBe('1')
  })

  it('runs a schedule when it is asked to', async () => {
    const run = (name: string) => fetch(`${origin}/_local/schedules/${name}/runs`, { method: 'POST' })
    expect(await (await run('Hourly')).json()).toEqual({ ok: true, value: { ticked: 'Scheduled Event' } })
    expect((await run('Never')).status).toBe(404)
    expect((await run('%zz')).status).toBe(404)
  })

  it('serves public documents from their bucket', async () => {
    await fetch(`${s3}/small-site/papers/one.json`, {
      method: 'PUT',
      body: '{"n":1}',
      headers: { 'content-type': 'application/json' },
    })
    const answer = await fetch(`${origin}/papers/one.json`)
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'application/json',
      '{"n":1}',
    ])
    expect((await fetch(`${origin}/papers/two.json`)).status).toBe(404)
    expect((await fetch(`${origin}/papers/one.json`, { method: 'DELETE' })).status).toBe(403)
  })

  it('gives tokens for valid numbers alone, verifiable by its key set', async () => {
    const answer = await fetch(`${origin}/_local/tokens/citizen?number=A123456789`)
    const [, claims = ''] = (await answer.text()).split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: `${origin}/_local/issuer`,
      lane: 'odd',
      tier: 'B',
      aud: 'urn:tongquan:service:voucher',
    })
    expect((await fetch(`${origin}/_local/tokens/citizen?number=A123456788`)).status).toBe(400)
    expect(await (await fetch(`${origin}/_local/issuer/jwks`)).json()).toMatchObject({
      keys: [{ kty: 'RSA', alg: 'RS256' }],
    })
  })
})
