// entrant = HMAC under the campaign's own key of the pairwise subject. Nobody without that key can tell who an entry is,
// nor find one person's entries in two campaigns.
import type { PairwiseSubject } from '../kernel/caller.ts'
import { sha256Bytes } from '../kernel/digest.ts'
import type { KeyedHash } from '../kernel/vault.ts'
import { BUCKETS_PER_LANE, bucketName } from './records.ts'
import { type CampaignId, RegistrationNumber } from './words.ts'

export interface Entrant {
  readonly bucket: string
  readonly entrant: string
}

/** The bucket is the hash's own first bits: spread evenly, found again from the subject alone. */
export const entrantOf = (campaignId: CampaignId, hash: KeyedHash, subject: PairwiseSubject): Entrant => {
  const digest = hash(subject)
  return { bucket: bucketName(campaignId, (digest[0] ?? 0) % BUCKETS_PER_LANE), entrant: digest.toString('base64url') }
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 3
const GROUP_LENGTH = 4

/** Sixty bits of a hash: among five million entries two would share a number about once in a hundred thousand campaigns. */
export const registrationNumberOf = (campaignId: CampaignId, entrant: string): RegistrationNumber => {
  let bits = sha256Bytes(`registration-number\n${campaignId}\n${entrant}`).readBigUInt64BE() >> 4n
  let text = ''
  for (let place = 0; place < GROUPS * GROUP_LENGTH; place += 1) {
    text = CROCKFORD.charAt(Number(bits & 31n)) + text
    bits >>= 5n
  }
  return RegistrationNumber.parse(text.match(/.{4}/g)?.join('-'))
}
