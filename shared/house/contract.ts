// What the house says about itself: whether it is well, and what it offers.
import * as z from 'zod'
import { dueMarks } from '../due/records.ts'
import { anyone } from '../kernel/caller.ts'
import { endpoint, page } from '../kernel/endpoint.ts'

export const health = endpoint({
  name: 'health',
  route: 'GET /health',
  summary: { zh: '系統是否正常', en: 'Whether the house is well' },
  caller: anyone(),
  replies: { 200: z.strictObject({ status: z.literal('WELL') }).meta({ id: 'Health' }) },
  problems: [],
  records: { get: [dueMarks] },
  budgetMs: 1_000,
  harm: 'Operators cannot see whether the house is well',
})

/** Changes only when a new version is deployed. */
const DOCUMENT_LIFE_SECONDS = 300

export const openapi = endpoint({
  name: 'openapi',
  route: 'GET /openapi.json',
  summary: { zh: 'API 規格（OpenAPI 3.1）', en: 'The API as an OpenAPI 3.1 document' },
  caller: anyone(),
  replies: { 200: page('application/json') },
  problems: [],
  cacheSeconds: DOCUMENT_LIFE_SECONDS,
  budgetMs: 3_000,
  harm: 'Developers cannot read the API',
})

export const docs = endpoint({
  name: 'docs',
  route: 'GET /docs',
  summary: { zh: 'API 說明頁', en: 'The API as a page to read' },
  caller: anyone(),
  replies: { 200: page('text/html; charset=utf-8') },
  problems: [],
  cacheSeconds: DOCUMENT_LIFE_SECONDS,
  budgetMs: 3_000,
  harm: 'Developers cannot read the API',
})

export const endpoints = { health, openapi, docs } as const
