// Publication fixes everything a draw will rest on: the pools and times, the campaign's own key, the beacon round.
// The same commit marks the counting of both lanes as due after closing.
import { markingDue } from '../due/due.ts'
import { CLOCK_ALLOWANCE_SECONDS, Lane } from '../kernel/caller.ts'
import { type Outcome, timeoutSecondsOf, type UseCase } from '../kernel/endpoint.ts'
import type { Instant, Ports } from '../kernel/ports.ts'
import { changing } from '../kernel/records.ts'
import { accept, refuse } from '../kernel/result.ts'
import { beaconRoundAt } from './beacon-round.ts'
import type { publishCampaign } from './campaign-contract.ts'
import { operatorView } from './campaign-view.ts'
import { laneClosings } from './closing-contract.ts'
import { type CampaignRecord, campaigns, SHELF } from './records.ts'
import { register } from './registration-contract.ts'
import { mayBePublished } from './rules.ts'
import { SETTINGS_LIFE_SECONDS } from './settings-life.ts'

/** After it no put of a registration can still be on its way: settings life, function time-out, the clocks' difference. */
export const CLOSING_DELAY_MS =
  (SETTINGS_LIFE_SECONDS + timeoutSecondsOf(register.budgetMs) + CLOCK_ALLOWANCE_SECONDS) * 1_000

type Needs = Pick<Ports, 'clock' | 'records' | 'vault'>

export const publishDraft =
  (ports: Needs): UseCase<typeof publishCampaign> =>
  async ({ path: { campaignId }, caller }) => {
    const draft = await ports.records.get(campaigns, { shelf: SHELF, campaignId }, { consistent: true })
    if (draft === undefined) return refuse('CAMPAIGN_UNKNOWN')
    if (draft.status === 'PUBLISHED') return accept({ status: 200, body: operatorView(draft) })
    const now = ports.clock.now()
    const publishable = mayBePublished(draft, now)
    return publishable.ok ? publish(ports, draft, caller.staffId, now) : publishable
  }

const publish = async (
  ports: Needs,
  draft: CampaignRecord,
  publishedBy: string,
  publishedAt: Instant,
): Promise<Outcome<typeof publishCampaign>> => {
  const { campaignId, closesAt } = draft
  const added = {
    status: 'PUBLISHED',
    publishedAt,
    publishedBy,
    beacon: beaconRoundAt(draft.drawsAt),
    sealedKey: await ports.vault.newSealedKey('campaign-key'),
  } as const
  const published = await ports.records.together([
    // Stops a draft that was revised since we read it from going out, and a second publication from changing the key.
    changing(campaigns, { shelf: SHELF, campaignId }, { set: added }, { status: 'DRAFT', revision: draft.revision }),
    ...Lane.options.map((lane) =>
      markingDue(laneClosings, closesAt + CLOSING_DELAY_MS, `${campaignId}/${lane}`, { campaignId, lane }),
    ),
  ])
  if (published.ok) return accept({ status: 201, body: operatorView({ ...draft, ...added }) })
  const found = campaigns.item.safeParse(published.refusal.found)
  return found.data?.status === 'PUBLISHED'
    ? accept({ status: 200, body: operatorView(found.data) })
    : refuse('CAMPAIGN_CHANGED')
}
