// What publication adds for ever: the time, the campaign's own key, the one beacon round of its draw.
import type { CampaignRecord } from './records.ts'

type Added = 'publishedAt' | 'sealedKey' | 'beacon'
export type PublishedCampaign = CampaignRecord & { readonly [Name in Added]: NonNullable<CampaignRecord[Name]> }

export const isPublished = (campaign: CampaignRecord): campaign is PublishedCampaign =>
  campaign.status === 'PUBLISHED' &&
  campaign.publishedAt !== undefined &&
  campaign.sealedKey !== undefined &&
  campaign.beacon !== undefined
