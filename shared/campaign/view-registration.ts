import type { UseCase } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/ports.ts'
import { accept, refuse } from '../kernel/result.ts'
import { currentCampaigns } from './current-campaigns.ts'
import { ownRegistration } from './own-registration.ts'
import { registrationsIn } from './records.ts'
import type { viewRegistration } from './registration-contract.ts'
import { registrationView } from './registration-view.ts'

/** Read strongly: whoever has just registered must see it. */
export const viewOwnRegistration = (
  ports: Pick<Ports, 'clock' | 'records' | 'vault'>,
): UseCase<typeof viewRegistration> => {
  const campaigns = currentCampaigns(ports)
  return async (request) => {
    const own = await ownRegistration(campaigns, request)
    if (!own.ok) return own
    const { lane } = request.caller
    const found = await ports.records.get(registrationsIn(lane), own.value.key, { consistent: true })
    return found
      ? accept({ status: 200, body: registrationView(request.path.campaignId, lane, found) })
      : refuse('REGISTRATION_UNKNOWN')
  }
}
