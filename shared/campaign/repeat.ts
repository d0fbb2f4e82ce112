// What a repeat means, decided from the entry that was found: one person has one entry, whoever asks again
// is given it back, and the same Idempotency-Key with another body is a mistake that must be heard.
import type { Repeatability } from '../kernel/endpoint.ts'
import type { RegistrationRecord } from './records.ts'

export type Repeat = 'replay' | 'key-reused' | 're-entry' | 'withdrawn'

/** Coming back names the revision of the withdrawal it follows: no request from before the withdrawal can know it. */
export const decideRepeat = (
  found: RegistrationRecord,
  repeat: Repeatability | undefined,
  comesBackFrom: number | undefined,
): Repeat => {
  if (found.status === 'WITHDRAWN' && comesBackFrom === found.revision) return 're-entry'
  const isSameKey = repeat !== undefined && repeat.keyHash === found.keyHash
  if (isSameKey && repeat.bodyHash !== found.bodyHash) return 'key-reused'
  return found.status === 'STANDING' || isSameKey ? 'replay' : 'withdrawn'
}
