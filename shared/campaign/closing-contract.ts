// What happens when a campaign has closed: its lanes are counted, and the count is read.
import * as z from 'zod'
import { dueMessage } from '../due/due.ts'
import { dueMarks } from '../due/records.ts'
import { agency } from '../kernel/caller.ts'
import { endpoint } from '../kernel/endpoint.ts'
import { consumer, queue } from '../kernel/queue.ts'
import { campaigns, closings, openBooks, registrationTables } from './records.ts'
import { CampaignId, Closing } from './words.ts'

const campaignPath = { campaignId: CampaignId }

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

export const endpoints = {
  viewClosing,
} as const
