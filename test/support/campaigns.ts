// Campaigns, citizens and operators for tests, with what a test wants to differ.
import { createDraft } from '../../shared/campaign/create-campaign.ts'
import { NewCampaign } from '../../shared/campaign/plan-words.ts'
import { publishDraft } from '../../shared/campaign/publish-campaign.ts'
import { CampaignId, PoolId } from '../../shared/campaign/words.ts'
import { type Citizen, PairwiseSubject, StaffId } from '../../shared/kernel/caller.ts'
import type { World } from './world.ts'

export const bearVouchers = CampaignId.parse('bear-vouchers')
export const arts = PoolId.parse('arts')
export const sports = PoolId.parse('sports')
export const operator = { who: 'operator', staffId: StaffId.parse('staff-1') } as const

export const words = (changes: Partial<NewCampaign> = {}): NewCampaign =>
  NewCampaign.parse({
    campaignId: bearVouchers,
    name: { zh: '熊好券', en: 'Bear vouchers' },
    summary: { zh: '逛臺北', en: 'Out and about in Taipei' },
    pools: [
      { poolId: arts, name: { zh: '藝文', en: 'Arts' }, quota: 10, faceValueTwd: 500 },
      { poolId: sports, name: { zh: '運動', en: 'Sports' }, quota: 5, faceValueTwd: 300 },
    ],
    opensAt: '2026-12-01T09:00:00+08:00',
    closesAt: '2026-12-10T18:00:00+08:00',
    drawsAt: '2026-12-12T10:00:00+08:00',
    maxWinsPerPerson: 1,
    ...changes,
  })

export const repeatOf = (key: string, body = 'body') => ({
  keyHash: key.padEnd(43, '-').slice(0, 43),
  bodyHash: body.padEnd(43, '-').slice(0, 43),
})

export const citizen = (changes: Partial<Citizen> = {}): Citizen => ({
  who: 'citizen',
  subject: PairwiseSubject.parse('pairwise-subject-1'),
  lane: 'odd',
  tier: 'B',
  ...changes,
})
export const otherSubject = PairwiseSubject.parse('pairwise-subject-2')

export const draftIn = async (city: World, changes: Partial<NewCampaign> = {}): Promise<CampaignId> => {
  const body = words(changes)
  await createDraft(city)({ caller: operator, path: {}, query: {}, body, repeat: repeatOf('create') })
  return body.campaignId
}

export const publishedIn = async (city: World, changes: Partial<NewCampaign> = {}): Promise<CampaignId> => {
  const campaignId = await draftIn(city, changes)
  const published = await publishDraft(city)({
    caller: operator,
    path: { campaignId },
    query: {},
    body: undefined,
    repeat: undefined,
  })
  if (!published.ok) throw new Error(published.refusal.code)
  return campaignId
}
