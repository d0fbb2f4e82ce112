import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { AnswerBroken, replyOf } from '../../shared/edge/answer.ts'
import { anyone, citizen } from '../../shared/kernel/caller.ts'
import { endpoint } from '../../shared/kernel/endpoint.ts'

const open = endpoint({
  name: 'open',
  route: 'GET /v1/open',
  summary: { zh: '公開', en: 'Open' },
  caller: anyone(),
  replies: { 200: z.strictObject({ word: z.string() }) },
  problems: [],
  cacheSeconds: 5,
  budgetMs: 1_000,
  harm: 'Nobody reads it',
})
const { cacheSeconds: _kept, ...uncached } = open
const own = { ...uncached, name: 'own', caller: citizen({ tier: 'B' }) }
const answer = { status: 200, body: { word: 'good' } }

describe('an answer that anyone may read', () => {
  const etag = replyOf(open, answer, undefined).headers.etag ?? ''

  it('may be kept for its time and read from other sites', () => {
    expect(replyOf(open, answer, undefined).headers).toMatchObject({
      'cache-control': 'public, max-age=5, stale-while-revalidate=5',
      'access-control-allow-origin': '*',
    })
  })

  it.each([
    ['the tag', etag],
    ['the tag as the CDN weakens it', `W/${etag}`],
    ['the tag among others', `"older", W/${etag}`],
    ['any tag', '*'],
  ])('is not sent again to who has %s', (_, ifNoneMatch) => {
    expect(replyOf(open, answer, ifNoneMatch)).toMatchObject({ statusCode: 304, body: '' })
  })

  it('is sent to who has another', () => {
    expect(replyOf(open, answer, '"older"').statusCode).toBe(200)
  })
})

it('an answer to one person is kept by nobody and read from nowhere else', () => {
  const { headers } = replyOf(own, answer, undefined)
  expect(headers['cache-control']).toBe('no-store')
  expect(headers).not.toHaveProperty('access-control-allow-origin')
  expect(headers).not.toHaveProperty('etag')
})

it('a status that was not declared does not leave', () => {
  expect(() => replyOf(open, { ...answer, status: 202 }, undefined)).toThrow(AnswerBroken)
})
