// One record per human being, with or without an account, found by the keyed hash of the canonical identity number.
// The hash's key is kept apart from the table: there are so few numbers that a plain hash would name everyone.
import * as z from 'zod'
import { table } from '../kernel/table.ts'

export const PersonId = z.string().length(22).brand('PersonId')
export type PersonId = z.infer<typeof PersonId>

/** `<version>:<HMAC-SHA-256, base64url>`. It never leaves this capability. */
export const CitizenKey = z
  .string()
  .regex(/^[0-9]+:[A-Za-z0-9_-]{43}$/)
  .brand('CitizenKey')
export type CitizenKey = z.infer<typeof CitizenKey>

export const people = table({
  name: 'people',
  holds: 'one row per human being',
  partitionKey: 'personId',
  item: z.strictObject({ personId: PersonId, knownSince: z.int() }),
})

export const citizenKeys = table({
  name: 'citizen-keys',
  holds: 'keyed hash of an identity number → person, one row per key version kept',
  partitionKey: 'citizenKey',
  item: z.strictObject({ citizenKey: CitizenKey, personId: PersonId }),
})
