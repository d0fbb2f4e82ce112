// The words of a campaign as they stand on the wire, with their bounds. A bound is there so that what is kept, shown
// and hashed stays small; each can be raised when a city needs more.
import * as z from 'zod'
import { WireInstant } from '../kernel/taipei-time.ts'

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

/** The one beacon round that the draw can ever use, fixed at publication. */
export const BeaconRound = z.strictObject({ chainHash: z.string().regex(/^[0-9a-f]{64}$/), round: z.int().min(1) })

export const CampaignStatus = z.enum(['DRAFT', 'PUBLISHED'])

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
