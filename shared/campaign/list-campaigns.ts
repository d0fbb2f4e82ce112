import type { UseCase } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/ports.ts'
import { accept } from '../kernel/result.ts'
import type { listCampaigns, listForAgencies } from './campaign-contract.ts'
import { publicView } from './campaign-view.ts'
import { isPublished } from './published.ts'
import { currentShelf } from './shelf.ts'

/** The same list for everyone and for agencies, who read it through their own door. */
export const listPublished = (
  ports: Pick<Ports, 'clock' | 'records'>,
): UseCase<typeof listCampaigns | typeof listForAgencies> => {
  const shelf = currentShelf(ports)
  return async () => {
    const published = (await shelf()).filter(isPublished)
    const now = ports.clock.now()
    return accept({ status: 200, body: { campaigns: published.map((each) => publicView(each, now)) } })
  }
}
