// What may happen when, decided from facts alone. A published campaign's times never change, so these answers are the
// same for every worker whose clock is right.
import type { Lane } from '../kernel/caller.ts'
import type { Instant } from '../kernel/ports.ts'
import { accept, refuse } from '../kernel/result.ts'
import { taipeiTime } from '../kernel/taipei-time.ts'
import type { Phase } from './plan-words.ts'
import type { CampaignRecord } from './records.ts'
import type { PoolId } from './words.ts'

export const phaseAt = (campaign: Pick<CampaignRecord, 'opensAt' | 'closesAt'>, now: Instant): Phase => {
  if (now < campaign.opensAt) return 'COMING'
  return now < campaign.closesAt ? 'OPEN' : 'CLOSED'
}

/** Registering, changing and withdrawing are possible while the campaign is open. */
export const campaignIsOpen = (campaign: CampaignRecord, now: Instant) => {
  switch (phaseAt(campaign, now)) {
    case 'COMING':
      return refuse('CAMPAIGN_NOT_OPEN', { opensAt: taipeiTime(campaign.opensAt) })
    case 'CLOSED':
      return refuse('CAMPAIGN_CLOSED', { closedAt: taipeiTime(campaign.closesAt) })
    case 'OPEN':
      return accept(campaign)
  }
}

/** A lane without windows is open all the time. */
export const laneIsOpen = (campaign: CampaignRecord, lane: Lane, now: Instant) => {
  const windows = campaign.laneWindows?.[lane]
  if (windows === undefined || windows.some(({ from, to }) => from <= now && now < to)) return accept(lane)
  const next = windows
    .map(({ from }) => from)
    .filter((from) => from > now)
    .sort((a, b) => a - b)[0]
  return refuse('LANE_NOT_OPEN', { lane, ...(next === undefined ? {} : { opensAt: taipeiTime(next) }) })
}

/** Pools are kept in the campaign's order, so that equal choices are equal records. */
export const poolsExist = (campaign: CampaignRecord, chosen: readonly PoolId[]) => {
  const offered = campaign.pools.map(({ poolId }) => poolId)
  const unknown = chosen.filter((poolId) => !offered.includes(poolId))
  if (unknown.length > 0) return refuse('POOL_UNKNOWN', { unknown, offered })
  return accept(offered.filter((poolId) => chosen.includes(poolId)))
}

export const mayRegister = (campaign: CampaignRecord, lane: Lane, chosen: readonly PoolId[], now: Instant) => {
  const open = campaignIsOpen(campaign, now)
  if (!open.ok) return open
  const turn = laneIsOpen(campaign, lane, now)
  if (!turn.ok) return turn
  return poolsExist(campaign, chosen)
}

export const mayChangePools = (campaign: CampaignRecord, chosen: readonly PoolId[], now: Instant) => {
  const open = campaignIsOpen(campaign, now)
  return open.ok ? poolsExist(campaign, chosen) : open
}

/** A campaign that opened before it was published has lost nothing; one that has closed can take nobody. */
export const mayBePublished = (campaign: CampaignRecord, now: Instant) =>
  now < campaign.closesAt
    ? accept(campaign)
    : refuse('CAMPAIGN_TIMES_PAST', { closesAt: taipeiTime(campaign.closesAt) })
