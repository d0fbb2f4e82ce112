import type { Citizen } from '../kernel/caller.ts'
import type { UseCase } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/ports.ts'
import { MAX_KEYS_AT_ONCE } from '../kernel/records.ts'
import { accept } from '../kernel/result.ts'
import { type Entrant, entrantOf } from './entrant.ts'
import { isPublished, type PublishedCampaign } from './published.ts'
import { registrationsIn } from './records.ts'
import type { listMyRegistrations } from './registration-contract.ts'
import { registrationView } from './registration-view.ts'
import { currentShelf } from './shelf.ts'
import type { Registration } from './words.ts'

type Needs = Pick<Ports, 'clock' | 'records' | 'vault'>

/** Every campaign has its own entrant for the person, so they are asked for by key: there is nothing to search. */
export const listOwnRegistrations = (ports: Needs): UseCase<typeof listMyRegistrations> => {
  const shelf = currentShelf(ports)
  return async ({ caller }) => {
    const published = (await shelf()).filter(isPublished)
    const registrations: Registration[] = []
    for (let place = 0; place < published.length; place += MAX_KEYS_AT_ONCE) {
      registrations.push(...(await registrationsAmong(ports, caller, published.slice(place, place + MAX_KEYS_AT_ONCE))))
    }
    return accept({ status: 200, body: { registrations } })
  }
}

const registrationsAmong = async (
  ports: Needs,
  { lane, subject }: Citizen,
  published: readonly PublishedCampaign[],
): Promise<readonly Registration[]> => {
  const keyIn = async ({ campaignId, sealedKey }: PublishedCampaign): Promise<Entrant> =>
    entrantOf(campaignId, await ports.vault.hashingUnder('campaign-key', sealedKey), subject)
  // Strong: whoever has just registered must see it.
  const keys = await Promise.all(published.map(keyIn))
  const found = await ports.records.getMany(registrationsIn(lane), keys, { consistent: true })
  return published.flatMap(({ campaignId }, place) => {
    const record = found[place]
    return record ? [registrationView(campaignId, lane, record)] : []
  })
}
