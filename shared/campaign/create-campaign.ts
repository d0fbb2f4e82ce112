import type { UseCase } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/ports.ts'
import { accept, refuse } from '../kernel/result.ts'
import type { createCampaign } from './campaign-contract.ts'
import { operatorView } from './campaign-view.ts'
import { planOf } from './plan.ts'
import { type CampaignRecord, campaigns, SHELF } from './records.ts'

export const createDraft =
  (ports: Pick<Ports, 'clock' | 'records'>): UseCase<typeof createCampaign> =>
  async ({ body, caller, repeat }) => {
    const draft: CampaignRecord = {
      shelf: SHELF,
      campaignId: body.campaignId,
      status: 'DRAFT',
      revision: 1,
      ...planOf(body),
      createdAt: ports.clock.now(),
      createdBy: caller.staffId,
      createKeyHash: repeat.keyHash,
      createBodyHash: repeat.bodyHash,
    }
    // Stops a second campaign from taking the name of the first.
    const put = await ports.records.putIfAbsent(campaigns, draft)
    if (put.ok) return accept({ status: 201, body: operatorView(draft) })
    const found = put.refusal.found
    if (found?.createKeyHash !== repeat.keyHash) return refuse('CAMPAIGN_EXISTS')
    return found.createBodyHash === repeat.bodyHash
      ? accept({ status: 200, body: operatorView(found) })
      : refuse('IDEMPOTENCY_KEY_REUSED')
  }
