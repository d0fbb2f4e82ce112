// The words of a campaign's plan: as an operator writes it down, and as it is read again.
import * as z from 'zod'
import { instantOf, WireInstant } from '../kernel/taipei-time.ts'
import { BeaconRound, BothLanguages, CampaignId, CampaignStatus, MAX_POOLS, Pool } from './words.ts'

/** A lane may be opened on alternating days of a fortnight. */
export const MAX_LANE_WINDOWS = 14

const Window = z
  .strictObject({ from: WireInstant, to: WireInstant })
  .refine(({ from, to }) => instantOf(from) < instantOf(to), { path: ['to'], error: 'must be after `from`' })

/** When whose turn it is. Without it both lanes are open all the time. */
export const LaneWindows = z.strictObject({
  odd: z.array(Window).min(1).max(MAX_LANE_WINDOWS),
  even: z.array(Window).min(1).max(MAX_LANE_WINDOWS),
})

const hasDistinctPools = (pools: readonly { poolId: string }[]) =>
  new Set(pools.map(({ poolId }) => poolId)).size === pools.length

/** What an operator writes down. */
const plan = {
  name: BothLanguages(60),
  summary: BothLanguages(500),
  pools: z.array(Pool).min(1).max(MAX_POOLS).refine(hasDistinctPools, 'two pools have the same id'),
  opensAt: WireInstant,
  closesAt: WireInstant,
  drawsAt: WireInstant,
  laneWindows: LaneWindows.optional(),
  maxWinsPerPerson: z.int().min(1).max(MAX_POOLS),
}

interface Times {
  readonly opensAt: string
  readonly closesAt: string
  readonly drawsAt: string
  readonly laneWindows?: z.infer<typeof LaneWindows> | undefined
}

/** The seed of the draw must not be known while a registration can still be on its way; people need time to hear of it too. */
export const MIN_DRAW_DELAY_MS = 600_000

const closesAfterOpening = ({ opensAt, closesAt }: Times) => instantOf(opensAt) < instantOf(closesAt)
const drawsLongAfterClosing = ({ closesAt, drawsAt }: Times) =>
  instantOf(closesAt) + MIN_DRAW_DELAY_MS <= instantOf(drawsAt)
/** A window that nobody can use would shut half the city out by a slip of the pen. */
const lanesOpenWhileItIsOpen = ({ opensAt, closesAt, laneWindows }: Times) =>
  [...(laneWindows?.odd ?? []), ...(laneWindows?.even ?? [])].every(
    ({ from, to }) => instantOf(opensAt) <= instantOf(from) && instantOf(to) <= instantOf(closesAt),
  )

const timesFit = <Plan extends z.ZodType<Times>>(words: Plan) =>
  words
    .refine(closesAfterOpening, { path: ['closesAt'], error: 'must be after `opensAt`' })
    .refine(drawsLongAfterClosing, { path: ['drawsAt'], error: 'must be ten minutes after `closesAt` or later' })
    .refine(lanesOpenWhileItIsOpen, { path: ['laneWindows'], error: 'must lie between `opensAt` and `closesAt`' })

export const NewCampaign = timesFit(z.strictObject({ campaignId: CampaignId, ...plan }))
export type NewCampaign = z.infer<typeof NewCampaign>

export const RevisedCampaign = timesFit(z.strictObject({ ...plan, revision: z.int().min(1) }))
export type RevisedCampaign = z.infer<typeof RevisedCampaign>

export const Phase = z.enum(['COMING', 'OPEN', 'CLOSED'])
export type Phase = z.infer<typeof Phase>

/** A published campaign as everyone sees it. */
export const PublicCampaign = z
  .strictObject({ campaignId: CampaignId, ...plan, phase: Phase, beacon: BeaconRound, publishedAt: WireInstant })
  .meta({ id: 'Campaign' })
export type PublicCampaign = z.infer<typeof PublicCampaign>

/** A campaign as its operators see it. */
export const OperatorCampaign = z
  .strictObject({
    campaignId: CampaignId,
    ...plan,
    status: CampaignStatus,
    revision: z.int(),
    createdAt: WireInstant,
    beacon: BeaconRound.optional(),
    publishedAt: WireInstant.optional(),
  })
  .meta({ id: 'OperatorCampaign' })
export type OperatorCampaign = z.infer<typeof OperatorCampaign>
