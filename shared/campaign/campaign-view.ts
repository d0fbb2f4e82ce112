// A campaign on the wire: as everyone sees it, and as its operators do. The sealed key stays inside.
import type { Instant } from '../kernel/ports.ts'
import { taipeiTime } from '../kernel/taipei-time.ts'
import type { OperatorCampaign, PublicCampaign } from './plan-words.ts'
import type { PublishedCampaign } from './published.ts'
import type { CampaignRecord } from './records.ts'
import { phaseAt } from './rules.ts'

interface Span {
  readonly from: Instant
  readonly to: Instant
}
const windowView = ({ from, to }: Span) => ({ from: taipeiTime(from), to: taipeiTime(to) })

const planView = (campaign: CampaignRecord) => ({
  campaignId: campaign.campaignId,
  name: campaign.name,
  summary: campaign.summary,
  pools: campaign.pools,
  opensAt: taipeiTime(campaign.opensAt),
  closesAt: taipeiTime(campaign.closesAt),
  drawsAt: taipeiTime(campaign.drawsAt),
  ...(campaign.laneWindows && {
    laneWindows: { odd: campaign.laneWindows.odd.map(windowView), even: campaign.laneWindows.even.map(windowView) },
  }),
  maxWinsPerPerson: campaign.maxWinsPerPerson,
})

export const publicView = (campaign: PublishedCampaign, now: Instant): PublicCampaign => ({
  ...planView(campaign),
  phase: phaseAt(campaign, now),
  beacon: campaign.beacon,
  publishedAt: taipeiTime(campaign.publishedAt),
})

export const operatorView = (campaign: CampaignRecord): OperatorCampaign => ({
  ...planView(campaign),
  status: campaign.status,
  revision: campaign.revision,
  createdAt: taipeiTime(campaign.createdAt),
  ...(campaign.beacon && { beacon: campaign.beacon }),
  ...(campaign.publishedAt !== undefined && { publishedAt: taipeiTime(campaign.publishedAt) }),
})
