// The words of a campaign as they stand on the wire, with their bounds. A bound is there so that what is kept, shown
// and hashed stays small; each can be raised when a city needs more.
import * as z from 'zod'
import { instantOf, WireInstant } from '../kernel/taipei-time.ts'

export const CampaignId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/)
  .meta({ description: 'Short name of a campaign, in its addresses', examples: ['bear-vouchers-2026'] })
  .brand('CampaignId')
export type CampaignId = z.infer<typeof CampaignId>

export const PoolId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?$/)
  .meta({ description: 'Short name of a voucher pool within its campaign', examples: ['arts'] })
  .brand('PoolId')
export type PoolId = z.infer<typeof PoolId>

/** Taipei had seven kinds of vouchers; twenty fit on one page and into one registration of under 1 KB. */
export const MAX_POOLS = 20
/** A lane may be opened on alternating days of a fortnight. */
export const MAX_LANE_WINDOWS = 14
export const MAX_QUOTA = 10_000_000
export const MAX_FACE_VALUE_TWD = 100_000

/** Said in both languages of the city. */
export const BothLanguages = (maxLength: number) =>
  z.strictObject({ zh: z.string().trim().min(1).max(maxLength), en: z.string().trim().min(1).max(maxLength) })

export const Pool = z.strictObject({
  poolId: PoolId,
  name: BothLanguages(60),
  /** How many vouchers the draw gives out. */
  quota: z.int().min(1).max(MAX_QUOTA),
  faceValueTwd: z.int().min(1).max(MAX_FACE_VALUE_TWD),
})

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

/** The one beacon round that the draw can ever use, fixed at publication. */
export const BeaconRound = z.strictObject({ chainHash: z.string().regex(/^[0-9a-f]{64}$/), round: z.int().min(1) })

/** A published campaign as everyone sees it. */
export const PublicCampaign = z
  .strictObject({ campaignId: CampaignId, ...plan, phase: Phase, beacon: BeaconRound, publishedAt: WireInstant })
  .meta({ id: 'Campaign' })
export type PublicCampaign = z.infer<typeof PublicCampaign>

export const CampaignStatus = z.enum(['DRAFT', 'PUBLISHED'])

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

/** A number to keep: says which registration, tells nothing of the person. Crockford base 32, sixty bits. */
export const RegistrationNumber = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
  .meta({ description: 'Number of a registration, to keep', examples: ['7Q4M-K2XD-9T0B'] })
  .brand('RegistrationNumber')
export type RegistrationNumber = z.infer<typeof RegistrationNumber>

export const ChosenPools = z
  .array(PoolId)
  .min(1)
  .max(MAX_POOLS)
  .refine((pools) => new Set(pools).size === pools.length, 'a pool is named twice')
  // A choice has no order: equal choices are equal bodies, whatever order they were made in.
  .overwrite((pools) => [...pools].sort())

export const RegistrationStatus = z.enum(['STANDING', 'WITHDRAWN'])

export const Registration = z
  .strictObject({
    campaignId: CampaignId,
    registrationNumber: RegistrationNumber,
    lane: z.enum(['odd', 'even']),
    pools: z.array(PoolId),
    status: RegistrationStatus,
    revision: z.int(),
    registeredAt: WireInstant,
    changedAt: WireInstant.optional(),
    /** Said on every receipt, because people ran to be first in 2021. */
    advantageOfBeingEarly: z.literal('NONE'),
  })
  .meta({ id: 'Registration' })
export type Registration = z.infer<typeof Registration>

const Count = z.int().min(0)
export const LaneCount = z.strictObject({
  standing: Count,
  withdrawn: Count,
  byPool: z.record(PoolId, Count),
})

/** The exact count after closing, lane by lane. */
export const Closing = z
  .strictObject({ campaignId: CampaignId, odd: LaneCount, even: LaneCount })
  .meta({ id: 'Closing' })
