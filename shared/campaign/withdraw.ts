import type { UseCase } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/ports.ts'
import { accept, refuse } from '../kernel/result.ts'
import { currentCampaigns } from './current-campaigns.ts'
import { ownRegistration } from './own-registration.ts'
import { type RegistrationRecord, registrationsIn } from './records.ts'
import type { withdraw } from './registration-contract.ts'
import { registrationView } from './registration-view.ts'
import { campaignIsOpen } from './rules.ts'

/** A withdrawal is a state, never a deletion: the draw can show that the entry was there and stepped back. */
export const withdrawRegistration = (ports: Pick<Ports, 'clock' | 'records' | 'vault'>): UseCase<typeof withdraw> => {
  const campaigns = currentCampaigns(ports)
  return async (request) => {
    const own = await ownRegistration(campaigns, request)
    if (!own.ok) return own
    const now = ports.clock.now()
    const open = campaignIsOpen(own.value.campaign, now)
    if (!open.ok) return open
    const { lane } = request.caller
    const answer = (record: RegistrationRecord) =>
      accept({ status: 200, body: registrationView(request.path.campaignId, lane, record) } as const)
    const withdrawn = await ports.records.change(
      registrationsIn(lane),
      own.value.key,
      { set: { status: 'WITHDRAWN', changedAt: now }, add: { revision: 1 } },
      // Stops a repeat from moving the time of the withdrawal.
      { status: 'STANDING' },
    )
    if (withdrawn.ok) return answer(withdrawn.value)
    return withdrawn.refusal.found ? answer(withdrawn.refusal.found) : refuse('REGISTRATION_UNKNOWN')
  }
}
