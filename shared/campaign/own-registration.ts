// A citizen's own registration. Its key follows from the token alone, so a number in an address can only confirm it:
// any other number is refused whether or not somebody has it, and nothing is looked up.
import type { Citizen } from '../kernel/caller.ts'
import { accept, type Refusal, type Result, refuse } from '../kernel/result.ts'
import type { CurrentCampaigns, OpenableCampaign } from './current-campaigns.ts'
import { type Entrant, entrantOf, registrationNumberOf } from './entrant.ts'
import type { PublishedCampaign } from './published.ts'
import type { CampaignId, RegistrationNumber } from './words.ts'

interface Asked {
  readonly caller: Citizen
  readonly path: { readonly campaignId: CampaignId; readonly registrationNumber: 'mine' | RegistrationNumber }
}

export interface OwnRegistration {
  readonly campaign: PublishedCampaign
  readonly key: Entrant
}

export const ownRegistration = async (
  campaigns: CurrentCampaigns,
  { caller, path }: Asked,
): Promise<Result<OwnRegistration, Refusal<'CAMPAIGN_UNKNOWN' | 'REGISTRATION_NOT_YOURS'>>> => {
  const known = await campaigns(path.campaignId)
  if (!known.ok) return known
  const key = keyIn(known.value, caller)
  const isYours =
    path.registrationNumber === 'mine' || path.registrationNumber === registrationNumberOf(path.campaignId, key.entrant)
  return isYours ? accept({ campaign: known.value.campaign, key }) : refuse('REGISTRATION_NOT_YOURS')
}

const keyIn = ({ campaign, hash }: OpenableCampaign, caller: Citizen): Entrant =>
  entrantOf(campaign.campaignId, hash, caller.subject)
