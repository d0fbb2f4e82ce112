import type { UseCase } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/ports.ts'
import { accept, refuse } from '../kernel/result.ts'
import type { viewCampaign } from './campaign-contract.ts'
import { publicView } from './campaign-view.ts'
import { isPublished } from './published.ts'
import { campaigns, SHELF } from './records.ts'

/** A draft is nobody's business yet: it is as unknown as a campaign that does not exist. */
export const viewPublished =
  (ports: Pick<Ports, 'clock' | 'records'>): UseCase<typeof viewCampaign> =>
  async ({ path: { campaignId } }) => {
    const campaign = await ports.records.get(campaigns, { shelf: SHELF, campaignId })
    return campaign && isPublished(campaign)
      ? accept({ status: 200, body: publicView(campaign, ports.clock.now()) })
      : refuse('CAMPAIGN_UNKNOWN')
  }
