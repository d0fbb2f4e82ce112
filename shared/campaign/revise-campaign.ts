import type { UseCase } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/ports.ts'
import { accept, refuse } from '../kernel/result.ts'
import type { reviseCampaign } from './campaign-contract.ts'
import { operatorView } from './campaign-view.ts'
import { planOf } from './plan.ts'
import { campaigns, SHELF } from './records.ts'

export const reviseDraft =
  (ports: Pick<Ports, 'records'>): UseCase<typeof reviseCampaign> =>
  async ({ path: { campaignId }, body }) => {
    const revised = await ports.records.change(
      campaigns,
      { shelf: SHELF, campaignId },
      {
        set: planOf(body),
        add: { revision: 1 },
        ...(body.laneWindows === undefined && { clear: ['laneWindows'] }),
      },
      // Stops what citizens rely on from changing under them, and two operators from undoing each other.
      { status: 'DRAFT', revision: body.revision },
    )
    if (revised.ok) return accept({ status: 200, body: operatorView(revised.value) })
    const { found } = revised.refusal
    if (found === undefined) return refuse('CAMPAIGN_UNKNOWN')
    return found.status === 'PUBLISHED'
      ? refuse('CAMPAIGN_ALREADY_PUBLISHED')
      : refuse('CAMPAIGN_CHANGED', { revision: found.revision })
  }
