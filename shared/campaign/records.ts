// What a campaign leaves behind. Registrations live in two tables, one a lane, so that a lane can fail without the other;
// the partition is the campaign and one of 128 buckets, so that no key is hot; no index, no stream, no transaction.
import * as z from 'zod'
import { bucket } from '../kernel/bucket.ts'
import type { Lane } from '../kernel/caller.ts'
import { table } from '../kernel/table.ts'
import {
  BeaconRound,
  BothLanguages,
  CampaignId,
  CampaignStatus,
  LaneCount,
  Pool,
  PoolId,
  RegistrationStatus,
} from './words.ts'

const Instant = z.int()
const Hash = z.string().length(43)
const Window = z.strictObject({ from: Instant, to: Instant })

/** All campaigns lie on one shelf: a city has dozens, and workers read them once in five seconds. */
export const SHELF = 'campaigns'

export const campaigns = table({
  name: 'campaigns',
  holds: 'campaigns with pools and times; what is published never changes',
  partitionKey: 'shelf',
  sortKey: 'campaignId',
  item: z.strictObject({
    shelf: z.literal(SHELF),
    campaignId: CampaignId,
    status: CampaignStatus,
    revision: z.int(),
    name: BothLanguages(60),
    summary: BothLanguages(500),
    pools: z.array(Pool),
    opensAt: Instant,
    closesAt: Instant,
    drawsAt: Instant,
    laneWindows: z.strictObject({ odd: z.array(Window), even: z.array(Window) }).optional(),
    maxWinsPerPerson: z.int(),
    createdAt: Instant,
    createdBy: z.string(),
    createKeyHash: Hash,
    createBodyHash: Hash,
    publishedAt: Instant.optional(),
    publishedBy: z.string().optional(),
    /** The campaign's own key, sealed; made at publication and never changed, so that rotation changes no entrant. */
    sealedKey: z.string().optional(),
    beacon: BeaconRound.optional(),
  }),
})

export const BUCKETS_PER_LANE = 128

const registrationItem = z.strictObject({
  /** `<campaignId>#<bucket in two hex digits>` */
  bucket: z.string(),
  /** HMAC under the campaign's key of the pairwise subject: one person, one entry, and no way back to the person. */
  entrant: Hash,
  pools: z.array(PoolId),
  status: RegistrationStatus,
  /** 1 at the first entry, one more at each change. */
  revision: z.int(),
  route: z.literal('signed-in'),
  registeredAt: Instant,
  changedAt: Instant.optional(),
  keyHash: Hash.optional(),
  bodyHash: Hash.optional(),
})

const registrationsOf = <const Name extends string>(name: Name, ending: string) =>
  table({
    name,
    holds: `one row per person and campaign, for identity numbers that end in an ${ending} digit`,
    partitionKey: 'bucket',
    sortKey: 'entrant',
    item: registrationItem,
    // Ten times the load test of 2021, were it all in one lane; a new table takes 4,000 writes and 12,000 reads by itself.
    surge: { writesPerSecond: 10_000, readsPerSecond: 12_000 },
  })

export const registrationsOdd = registrationsOf('registrations-odd', 'odd')
export const registrationsEven = registrationsOf('registrations-even', 'even')
export const registrationTables = [registrationsOdd, registrationsEven] as const

export const registrationsIn = (lane: Lane) => (lane === 'odd' ? registrationsOdd : registrationsEven)

export type CampaignRecord = z.infer<typeof campaigns.item>
export type RegistrationRecord = z.infer<typeof registrationItem>

export const bucketName = (campaignId: CampaignId, place: number): string =>
  `${campaignId}#${place.toString(16).padStart(2, '0')}`

export const closings = table({
  name: 'closings',
  holds: 'the exact count of a lane after closing',
  partitionKey: 'campaignId',
  sortKey: 'lane',
  item: z.strictObject({ campaignId: CampaignId, lane: z.enum(['odd', 'even']), count: LaneCount, countedAt: Instant }),
})

export const openBooks = bucket({
  name: 'open-books',
  holds: 'signed public documents about campaigns; written once, never replaced',
  isPublic: true,
})
