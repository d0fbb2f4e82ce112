// What a repeat means, decided from the entry that was found: one person has one entry, whoever asks again
// is given it back, and the same Idempotency-Key with another body is a mistake that must be heard.
import type { Repeatability } from '../kernel/endpoint.ts'
import type { Instant } from '../kernel/ports.ts'
import type { RegistrationRecord } from './records.ts'

export type Repeat =
  | { readonly is: 'replay' }
  | { readonly is: 'key-reused' }
  /** After a withdrawal only a fresh key says that this is a new wish and not an old request arriving late. */
  | { readonly is: 're-entry'; readonly withdrawnAt: Instant }
  | { readonly is: 'withdrawn' }

export const decideRepeat = (found: RegistrationRecord, repeat: Repeatability | undefined): Repeat => {
  const isSameKey = repeat !== undefined && repeat.keyHash === found.keyHash
  if (isSameKey && repeat.bodyHash !== found.bodyHash) return { is: 'key-reused' }
  if (found.status === 'STANDING' || isSameKey) return { is: 'replay' }
  if (repeat === undefined) return { is: 'withdrawn' }
  return { is: 're-entry', withdrawnAt: found.changedAt ?? found.registeredAt }
}
