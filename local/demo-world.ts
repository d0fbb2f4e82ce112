// One open campaign with five pools, made through the public API as an operator would, so that the first visitor finds something
// to do. Its id holds the month: a DATA_DIR of any age has an open campaign again after a start.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Sentence } from './sentence.ts'

const HOUR_MS = 3_600_000
const TAIPEI_MS = 8 * HOUR_MS
const PATIENCE_MS = 15_000
const Problem = z.object({ code: z.string().optional(), title: z.string().optional() })

export interface DemoSetting {
  readonly origin: string
  readonly operatorToken: string
  readonly now: number
}

/** In Taipei time. */
const monthOf = (now: number): string => new Date(now + TAIPEI_MS).toISOString().slice(0, 7)

export const demoCampaign = (now: number) => {
  const month = monthOf(now)
  const [year = 0, ordinal = 0] = month.split('-').map(Number)
  // Midnight at the end of next month, in Taipei.
  const closes = Date.UTC(year, ordinal + 1, 1) - TAIPEI_MS
  const pool = (poolId: string, zh: string, en: string, quota: number, faceValueTwd: number) => ({
    poolId,
    name: { zh, en },
    quota,
    faceValueTwd,
  })
  return {
    campaignId: `demo-${month}`,
    name: { zh: '示範活動：五倍好券', en: 'Demo: five kinds of vouchers' },
    summary: {
      zh: '本機示範用。任選券別登記，早登記不會比較容易中籤。',
      en: 'For the local stage. Register for any of the pools; being early gives no advantage.',
    },
    pools: [
      pool('hotel', '住宿券', 'Hotel nights', 5_000, 1_000),
      pool('dining', '餐飲券', 'Dining', 20_000, 500),
      pool('market', '市場券', 'Markets', 30_000, 100),
      pool('arts', '藝文券', 'Arts', 10_000, 600),
      pool('sports', '運動券', 'Sports', 8_000, 500),
    ],
    opensAt: new Date(now).toISOString(),
    closesAt: new Date(closes).toISOString(),
    drawsAt: new Date(closes + 12 * HOUR_MS).toISOString(),
    maxWinsPerPerson: 2,
  }
}

/** Answers with the campaign's id. Whatever was made before is left as it stands. */
export const seedDemoWorld = async (setting: DemoSetting): Promise<string> => {
  const campaign = demoCampaign(setting.now)
  const path = `/v1/campaigns/${campaign.campaignId}`
  if ((await call(setting, 'GET', path)).status === 200) return campaign.campaignId
  const made = await call(setting, 'POST', '/v1/campaigns', campaign)
  if (!made.ok && made.code !== 'CAMPAIGN_EXISTS') throw refused('created', made)
  const published = await call(setting, 'POST', `${path}/publication`)
  if (!published.ok && published.code !== 'CAMPAIGN_ALREADY_PUBLISHED') throw refused('published', published)
  return campaign.campaignId
}

interface Answered {
  readonly ok: boolean
  readonly status: number
  readonly code: string | undefined
}

const call = async (setting: DemoSetting, method: string, path: string, body?: object): Promise<Answered> => {
  const headers = {
    authorization: `Bearer ${setting.operatorToken}`,
    'idempotency-key': randomUUID(),
    ...(body ? { 'content-type': 'application/json' } : {}),
  }
  const response = await fetch(setting.origin + path, {
    method,
    headers,
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  const problem = response.ok ? undefined : Problem.safeParse(parsed(text)).data
  return { ok: response.ok, status: response.status, code: problem?.code ?? problem?.title }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

const refused = (what: string, answered: Answered): Sentence =>
  new Sentence(
    `The demo campaign could not be ${what}: ${answered.status} ${answered.code ?? ''}. The functions' logs in DATA_DIR/logs say more.`,
  )
