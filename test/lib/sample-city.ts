// A small city with one of everything, so that lib/ is tested without waiting for, or leaning on, the real one.
import * as z from 'zod'
import type { City } from '../../shared/city.ts'
import { bucket } from '../../shared/kernel/bucket.ts'
import { agency, anyone, citizen, operator } from '../../shared/kernel/caller.ts'
import { endpoint, page } from '../../shared/kernel/endpoint.ts'
import { consumer, queue } from '../../shared/kernel/queue.ts'
import { schedule } from '../../shared/kernel/schedule.ts'
import { table } from '../../shared/kernel/table.ts'

const campaigns = table({
  name: 'campaigns',
  holds: 'Campaigns as published',
  partitionKey: 'campaignId',
  item: z.object({ campaignId: z.string(), title: z.string() }),
})
const registrationsOdd = table({
  name: 'registrations-odd',
  holds: 'Registrations of the odd lane',
  partitionKey: 'bucketKey',
  sortKey: 'entrant',
  item: z.object({ bucketKey: z.string(), entrant: z.string(), expiresAtSeconds: z.number() }),
  surge: { writesPerSecond: 8_000, readsPerSecond: 4_000 },
  expiry: 'expiresAtSeconds',
})
const figures = queue({ name: 'figures', message: z.object({ campaignId: z.string() }), batchSize: 10, maxReceives: 5 })
const openBooks = bucket({ name: 'open-books', holds: 'What everybody may check', isPublic: true })

const register = endpoint({
  name: 'register',
  route: 'POST /v1/campaigns/{campaignId}/registrations',
  summary: { zh: '登記', en: 'Register' },
  caller: citizen({ tier: 'B' }),
  path: { campaignId: z.string() },
  body: z.strictObject({ pools: z.array(z.string()) }),
  replies: { 201: z.object({ registeredAt: z.number() }) },
  problems: ['CAMPAIGN_NOT_OPEN'],
  records: { get: [campaigns], put: [registrationsOdd] },
  sends: [figures],
  vault: { unseal: ['campaign-key'] },
  budgetMs: 1_000,
  harm: 'Citizens cannot register',
})
const seeCampaign = endpoint({
  name: 'see-campaign',
  route: 'GET /v1/campaigns/{campaignId}',
  summary: { zh: '查看活動', en: 'See a campaign' },
  caller: anyone(),
  path: { campaignId: z.string() },
  replies: { 200: z.object({ title: z.string() }) },
  problems: ['CAMPAIGN_UNKNOWN'],
  cacheSeconds: 5,
  records: { get: [campaigns] },
  budgetMs: 500,
  harm: 'Citizens cannot see the campaign',
})
const publish = endpoint({
  name: 'publish',
  route: 'POST /v1/campaigns/{campaignId}/publication',
  summary: { zh: '發布活動', en: 'Publish a campaign' },
  caller: operator(),
  path: { campaignId: z.string() },
  replies: { 200: z.object({ title: z.string() }) },
  problems: ['CAMPAIGN_UNKNOWN'],
  records: { change: [campaigns] },
  vault: { newSealedKey: ['campaign-key'], sign: ['open-books'] },
  blobs: { put: [openBooks] },
  budgetMs: 2_000,
  harm: 'No campaign can be published',
})
const docs = endpoint({
  name: 'docs',
  route: 'GET /docs',
  summary: { zh: 'API 說明', en: 'API page' },
  caller: anyone(),
  replies: { 200: page('text/html; charset=utf-8') },
  problems: [],
  cacheSeconds: 300,
  budgetMs: 500,
  harm: 'Developers cannot read the API page',
})
const agencyFigures = endpoint({
  name: 'agency-figures',
  route: 'GET /agency/v1/campaigns/{campaignId}/figures',
  summary: { zh: '活動數字', en: 'Figures of a campaign' },
  caller: agency(),
  path: { campaignId: z.string() },
  replies: { 200: z.object({ registrations: z.number() }) },
  problems: ['CAMPAIGN_UNKNOWN'],
  records: { list: [registrationsOdd], get: [campaigns] },
  blobs: { get: [openBooks] },
  budgetMs: 2_000,
  harm: 'Agencies see no figures',
})
const countFigures = consumer({
  name: 'count-figures',
  queue: figures,
  records: { list: [registrationsOdd] },
  vault: { hash: ['citizen'] },
  budgetMs: 5_000,
  harm: 'Citizens see old figures',
})
const sweep = schedule({
  name: 'sweep',
  everyMinutes: 1,
  records: { list: [registrationsOdd], remove: [registrationsOdd], check: [campaigns] },
  sends: [figures],
  budgetMs: 30_000,
  harm: 'What is overdue stays overdue',
})

export const sampleCity: City = {
  endpoints: [
    { capability: 'campaign', declared: register },
    { capability: 'campaign', declared: seeCampaign },
    { capability: 'campaign', declared: publish },
    { capability: 'campaign', declared: agencyFigures },
    { capability: 'edge', declared: docs },
  ],
  consumers: [{ capability: 'campaign', declared: countFigures }],
  schedules: [{ capability: 'due', declared: sweep }],
  tables: [campaigns, registrationsOdd],
  queues: [figures],
  buckets: [openBooks],
  fallback: { capability: 'edge', name: 'anything-else', budgetMs: 500, harm: 'Wrong addresses get no answer' },
}
