// Campaign settings as this worker knows them, at most SETTINGS_LIFE_SECONDS old. One read serves all requests of
// those seconds, so a registration itself reads nothing.
import type { Instant, Ports } from '../kernel/ports.ts'
import { accept, type Refusal, type Result, refuse } from '../kernel/result.ts'
import type { KeyedHash } from '../kernel/vault.ts'
import { isPublished, type PublishedCampaign } from './published.ts'
import { campaigns, SHELF } from './records.ts'
import { SETTINGS_LIFE_SECONDS } from './settings-life.ts'
import type { CampaignId } from './words.ts'

export interface OpenableCampaign {
  readonly campaign: PublishedCampaign
  readonly hash: KeyedHash
}

type Known = Result<OpenableCampaign, Refusal<'CAMPAIGN_UNKNOWN'>>

/** Made-up ids must not fill the memory of a worker. */
const MAX_REMEMBERED = 1_000

interface Remembered {
  readonly readAt: Instant
  readonly known: Promise<Known>
}

export type CurrentCampaigns = (campaignId: CampaignId) => Promise<Known>

export const currentCampaigns = (ports: Pick<Ports, 'clock' | 'records' | 'vault'>): CurrentCampaigns => {
  const remembered = new Map<CampaignId, Remembered>()

  const read = async (campaignId: CampaignId): Promise<Known> => {
    const campaign = await ports.records.get(campaigns, { shelf: SHELF, campaignId })
    if (campaign === undefined || !isPublished(campaign)) return refuse('CAMPAIGN_UNKNOWN')
    return accept({ campaign, hash: await ports.vault.hashingUnder('campaign-key', campaign.sealedKey) })
  }
  /** What is published never changes: when looking again fails, what was seen goes on, and nobody is turned away. */
  const readAgain = (campaignId: CampaignId, before: Promise<Known> | undefined): Promise<Known> =>
    read(campaignId).catch(async (failure: unknown) => {
      const known = await before
      if (known?.ok) return known
      throw failure
    })
  const remember = (campaignId: CampaignId, readAt: Instant, held: Remembered | undefined): Promise<Known> => {
    if (held === undefined && remembered.size >= MAX_REMEMBERED) remembered.clear()
    const known = readAgain(campaignId, held?.known)
    remembered.set(campaignId, { readAt, known })
    // A failed read is not remembered: the next request asks again.
    known.catch(() => remembered.delete(campaignId))
    return known
  }
  return (campaignId) => {
    const now = ports.clock.now()
    const held = remembered.get(campaignId)
    return held && now - held.readAt < SETTINGS_LIFE_SECONDS * 1_000 ? held.known : remember(campaignId, now, held)
  }
}
