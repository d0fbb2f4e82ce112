import type { UseCase } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/ports.ts'
import { accept, refuse } from '../kernel/result.ts'
import type { viewClosing } from './closing-contract.ts'
import { isPublished } from './published.ts'
import { campaigns, closings, SHELF } from './records.ts'

const LANES = 2

/** Figures come when both lanes are counted: half a count would be read as the whole. */
export const viewLaneCounts =
  (ports: Pick<Ports, 'records'>): UseCase<typeof viewClosing> =>
  async ({ path: { campaignId } }) => {
    const campaign = await ports.records.get(campaigns, { shelf: SHELF, campaignId })
    if (campaign === undefined || !isPublished(campaign)) return refuse('CAMPAIGN_UNKNOWN')
    const { items } = await ports.records.list(closings, { partition: campaignId, limit: LANES })
    const odd = items.find(({ lane }) => lane === 'odd')
    const even = items.find(({ lane }) => lane === 'even')
    return odd && even
      ? accept({ status: 200, body: { campaignId, odd: odd.count, even: even.count } })
      : refuse('CLOSING_NOT_READY')
  }
