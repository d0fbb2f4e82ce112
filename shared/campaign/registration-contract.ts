// What citizens do at the counter of a campaign: register, look, change, withdraw.
import * as z from 'zod'
import { citizen } from '../kernel/caller.ts'
import { endpoint, replay } from '../kernel/endpoint.ts'
import { campaigns, registrationTables } from './records.ts'
import { CampaignId, ChosenPools, Registration, RegistrationNumber } from './words.ts'

const campaignPath = { campaignId: CampaignId }
/** Your own registration, by its number or simply as `mine`. */
const registrationPath = {
  campaignId: CampaignId,
  registrationNumber: z.union([z.literal('mine'), RegistrationNumber]),
}

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

export const endpoints = {
  register,
  viewRegistration,
  listMyRegistrations,
  changePools,
  withdraw,
} as const
