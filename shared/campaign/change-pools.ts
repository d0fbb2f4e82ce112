import type { UseCase } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/ports.ts'
import { accept, refuse } from '../kernel/result.ts'
import { currentCampaigns } from './current-campaigns.ts'
import { ownRegistration } from './own-registration.ts'
import { registrationsIn } from './records.ts'
import type { changePools } from './registration-contract.ts'
import { registrationView } from './registration-view.ts'
import { mayChangePools } from './rules.ts'

/** Asking twice for the same pools ends in the same registration, so no key is needed. */
export const changeOwnPools = (ports: Pick<Ports, 'clock' | 'records' | 'vault'>): UseCase<typeof changePools> => {
  const campaigns = currentCampaigns(ports)
  return async (request) => {
    const own = await ownRegistration(campaigns, request)
    if (!own.ok) return own
    const now = ports.clock.now()
    const pools = mayChangePools(own.value.campaign, request.body.pools, now)
    if (!pools.ok) return pools
    const { lane } = request.caller
    const changed = await ports.records.change(
      registrationsIn(lane),
      own.value.key,
      { set: { pools: pools.value, changedAt: now }, add: { revision: 1 } },
      // Stops a withdrawn entry from coming back by a late change.
      { status: 'STANDING' },
    )
    if (changed.ok) return accept({ status: 200, body: registrationView(request.path.campaignId, lane, changed.value) })
    return refuse(changed.refusal.found ? 'REGISTRATION_WITHDRAWN' : 'REGISTRATION_UNKNOWN')
  }
}
