// What campaigns offer at the doors of the house.
import * as z from 'zod'
import { dueMessage } from '../due/due.ts'
import { dueMarks } from '../due/records.ts'
import { agency, anyone, citizen, operator } from '../kernel/caller.ts'
import { endpoint, replay } from '../kernel/endpoint.ts'
import { consumer, queue } from '../kernel/queue.ts'
import { campaigns, closings, openBooks, registrationTables } from './records.ts'
import {
  CampaignId,
  ChosenPools,
  Closing,
  NewCampaign,
  OperatorCampaign,
  PublicCampaign,
  Registration,
  RegistrationNumber,
  RevisedCampaign,
} from './words.ts'

/** A worker may know a campaign's settings for this long before it looks again; so may the CDN. */
export const SETTINGS_LIFE_SECONDS = 5

const campaignPath = { campaignId: CampaignId }
/** Your own registration, by its number or simply as `mine`. */
const registrationPath = {
  campaignId: CampaignId,
  registrationNumber: z.union([z.literal('mine'), RegistrationNumber]),
}

export const listCampaigns = endpoint({
  name: 'listCampaigns',
  route: 'GET /v1/campaigns',
  summary: { zh: '列出已發布的活動', en: 'Published campaigns: coming, open and closed' },
  caller: anyone(),
  replies: { 200: z.strictObject({ campaigns: z.array(PublicCampaign) }) },
  problems: [],
  records: { list: [campaigns] },
  cacheSeconds: SETTINGS_LIFE_SECONDS,
  budgetMs: 1_000,
  harm: 'Citizens cannot see which campaigns there are',
})

export const viewCampaign = endpoint({
  name: 'viewCampaign',
  route: 'GET /v1/campaigns/{campaignId}',
  summary: { zh: '查看一個活動', en: 'One published campaign' },
  caller: anyone(),
  path: campaignPath,
  replies: { 200: PublicCampaign },
  problems: ['CAMPAIGN_UNKNOWN'],
  records: { get: [campaigns] },
  cacheSeconds: SETTINGS_LIFE_SECONDS,
  budgetMs: 1_000,
  harm: 'Citizens cannot read what a campaign offers',
})

export const register = endpoint({
  name: 'register',
  route: 'POST /v1/campaigns/{campaignId}/registrations',
  summary: {
    zh: '登記參加抽籤；愈早登記並不會提高中籤機會',
    en: 'Register for the draw; being early gives no advantage',
  },
  caller: citizen({ tier: 'B' }),
  path: campaignPath,
  body: z.strictObject({
    pools: ChosenPools,
    /** After a withdrawal: the revision of it, which says that this is a new wish and not an old request arriving late. */
    comesBackFrom: z.int().min(1).optional(),
  }),
  idempotencyKey: 'optional',
  replies: { 201: Registration, 200: replay(Registration) },
  problems: [
    'CAMPAIGN_UNKNOWN',
    'CAMPAIGN_NOT_OPEN',
    'CAMPAIGN_CLOSED',
    'LANE_NOT_OPEN',
    'POOL_UNKNOWN',
    'IDEMPOTENCY_KEY_REUSED',
    'REGISTRATION_WITHDRAWN',
  ],
  records: { get: [campaigns, ...registrationTables], put: registrationTables, change: registrationTables },
  vault: { unseal: ['campaign-key'] },
  // Room for an attempt of 0.8 s (ADR 0004): one given up sooner under a crowd is work done twice, and more crowd.
  budgetMs: 2_000,
  harm: 'Citizens cannot register',
})

export const viewRegistration = endpoint({
  name: 'viewRegistration',
  route: 'GET /v1/campaigns/{campaignId}/registrations/{registrationNumber}',
  summary: { zh: '查看我的登記', en: 'My registration' },
  caller: citizen({ tier: 'B' }),
  path: registrationPath,
  replies: { 200: Registration },
  problems: ['CAMPAIGN_UNKNOWN', 'REGISTRATION_UNKNOWN', 'REGISTRATION_NOT_YOURS'],
  records: { get: [campaigns, ...registrationTables] },
  vault: { unseal: ['campaign-key'] },
  budgetMs: 1_000,
  harm: 'Citizens cannot see that they are registered',
})

export const listMyRegistrations = endpoint({
  name: 'listMyRegistrations',
  route: 'GET /v1/registrations',
  summary: { zh: '列出我在各活動的登記', en: 'My registrations in all campaigns' },
  caller: citizen({ tier: 'B' }),
  replies: { 200: z.strictObject({ registrations: z.array(Registration) }) },
  problems: [],
  records: { list: [campaigns], get: registrationTables },
  vault: { unseal: ['campaign-key'] },
  budgetMs: 2_000,
  harm: 'Citizens cannot see where they are registered',
})

export const changePools = endpoint({
  name: 'changePools',
  route: 'PUT /v1/campaigns/{campaignId}/registrations/{registrationNumber}',
  summary: { zh: '截止前更改登記的券別', en: 'Change the pools of my registration before closing' },
  caller: citizen({ tier: 'B' }),
  path: registrationPath,
  body: z.strictObject({ pools: ChosenPools }),
  replies: { 200: Registration },
  problems: [
    'CAMPAIGN_UNKNOWN',
    'CAMPAIGN_NOT_OPEN',
    'CAMPAIGN_CLOSED',
    'POOL_UNKNOWN',
    'REGISTRATION_UNKNOWN',
    'REGISTRATION_NOT_YOURS',
    'REGISTRATION_WITHDRAWN',
  ],
  records: { get: [campaigns], change: registrationTables },
  vault: { unseal: ['campaign-key'] },
  budgetMs: 1_000,
  harm: 'Citizens cannot change what they registered for',
})

export const withdraw = endpoint({
  name: 'withdraw',
  route: 'DELETE /v1/campaigns/{campaignId}/registrations/{registrationNumber}',
  summary: { zh: '截止前撤回登記', en: 'Withdraw my registration before closing' },
  caller: citizen({ tier: 'B' }),
  path: registrationPath,
  replies: { 200: Registration },
  problems: [
    'CAMPAIGN_UNKNOWN',
    'CAMPAIGN_NOT_OPEN',
    'CAMPAIGN_CLOSED',
    'REGISTRATION_UNKNOWN',
    'REGISTRATION_NOT_YOURS',
  ],
  records: { get: [campaigns], change: registrationTables },
  vault: { unseal: ['campaign-key'] },
  budgetMs: 1_000,
  harm: 'Citizens cannot withdraw',
})

export const createCampaign = endpoint({
  name: 'createCampaign',
  route: 'POST /v1/campaigns',
  summary: { zh: '建立活動草稿', en: 'Create a campaign as a draft' },
  caller: operator(),
  body: NewCampaign,
  idempotencyKey: 'required',
  replies: { 201: OperatorCampaign, 200: replay(OperatorCampaign) },
  problems: ['CAMPAIGN_EXISTS', 'IDEMPOTENCY_KEY_REUSED'],
  records: { put: [campaigns] },
  budgetMs: 2_000,
  harm: 'Operators cannot prepare a campaign',
})

export const listAllCampaigns = endpoint({
  name: 'listAllCampaigns',
  route: 'GET /v1/operator/campaigns',
  summary: { zh: '列出所有活動，含草稿', en: 'All campaigns, drafts among them' },
  caller: operator(),
  replies: { 200: z.strictObject({ campaigns: z.array(OperatorCampaign) }) },
  problems: [],
  records: { list: [campaigns] },
  budgetMs: 2_000,
  harm: 'Operators cannot see their campaigns',
})

export const reviseCampaign = endpoint({
  name: 'reviseCampaign',
  route: 'PUT /v1/operator/campaigns/{campaignId}',
  summary: { zh: '修改活動草稿', en: 'Revise a draft' },
  caller: operator(),
  path: campaignPath,
  body: RevisedCampaign,
  replies: { 200: OperatorCampaign },
  problems: ['CAMPAIGN_UNKNOWN', 'CAMPAIGN_ALREADY_PUBLISHED', 'CAMPAIGN_CHANGED'],
  records: { change: [campaigns] },
  budgetMs: 2_000,
  harm: 'Operators cannot correct a draft',
})

export const publishCampaign = endpoint({
  name: 'publishCampaign',
  route: 'POST /v1/campaigns/{campaignId}/publication',
  summary: { zh: '發布活動；發布後不能再修改', en: 'Publish a campaign; from then on it cannot be changed' },
  caller: operator(),
  path: campaignPath,
  replies: { 201: OperatorCampaign, 200: replay(OperatorCampaign) },
  problems: ['CAMPAIGN_UNKNOWN', 'CAMPAIGN_TIMES_PAST', 'CAMPAIGN_CHANGED'],
  records: { get: [campaigns], change: [campaigns], put: [dueMarks] },
  vault: { newSealedKey: ['campaign-key'] },
  budgetMs: 3_000,
  harm: 'Operators cannot open a campaign',
})

export const listForAgencies = endpoint({
  name: 'listForAgencies',
  route: 'GET /agency/v1/campaigns',
  summary: { zh: '機關查詢已發布的活動', en: 'Published campaigns, for agencies' },
  caller: agency(),
  replies: { 200: z.strictObject({ campaigns: z.array(PublicCampaign) }) },
  problems: [],
  records: { list: [campaigns] },
  budgetMs: 2_000,
  harm: 'Agencies cannot see the campaigns',
})

export const viewClosing = endpoint({
  name: 'viewClosing',
  route: 'GET /agency/v1/campaigns/{campaignId}/closing',
  summary: { zh: '截止後的登記統計', en: 'The exact count of registrations after closing' },
  caller: agency(),
  path: campaignPath,
  replies: { 200: Closing },
  problems: ['CAMPAIGN_UNKNOWN', 'CLOSING_NOT_READY'],
  records: { get: [campaigns], list: [closings] },
  budgetMs: 2_000,
  harm: 'Agencies cannot see how many registered',
})

export const endpoints = {
  listCampaigns,
  viewCampaign,
  register,
  viewRegistration,
  listMyRegistrations,
  changePools,
  withdraw,
  createCampaign,
  listAllCampaigns,
  reviseCampaign,
  publishCampaign,
  listForAgencies,
  viewClosing,
} as const

export const laneClosings = queue({
  name: 'lane-closings',
  message: dueMessage({ campaignId: CampaignId, lane: z.enum(['odd', 'even']) }),
  batchSize: 1,
  maxReceives: 5,
})

export const countLane = consumer({
  name: 'countLane',
  queue: laneClosings,
  records: { list: registrationTables, put: [closings], get: [closings], remove: [dueMarks] },
  vault: { sign: ['open-books'] },
  blobs: { put: [openBooks] },
  budgetMs: 300_000,
  harm: 'Nobody sees how many registered in a closed campaign',
})
