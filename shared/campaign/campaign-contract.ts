// What everyone reads of campaigns, and what operators write.
import * as z from 'zod'
import { dueMarks } from '../due/records.ts'
import { agency, anyone, operator } from '../kernel/caller.ts'
import { endpoint, replay } from '../kernel/endpoint.ts'
import { NewCampaign, OperatorCampaign, PublicCampaign, RevisedCampaign } from './plan-words.ts'
import { campaigns } from './records.ts'
import { SETTINGS_LIFE_SECONDS } from './settings-life.ts'
import { CampaignId } from './words.ts'

const campaignPath = { campaignId: CampaignId }

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

export const endpoints = {
  listCampaigns,
  viewCampaign,
  createCampaign,
  listAllCampaigns,
  reviseCampaign,
  publishCampaign,
  listForAgencies,
} as const
