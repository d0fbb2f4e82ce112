// citizenKey = HMAC-SHA-256 under a secret versioned key of the canonical number as the registry answers it,
// never of what was typed. Every version still kept is computed, so that rotation never makes a second person.
import type { Vault } from '../kernel/vault.ts'
import { CitizenKey } from './records.ts'

/** Newest version first. */
export const citizenKeysOf = async (
  vault: Pick<Vault, 'hashing'>,
  canonicalNumber: string,
): Promise<readonly CitizenKey[]> => {
  const ring = await vault.hashing('citizen')
  return ring.versions.map((version) =>
    CitizenKey.parse(`${version}:${ring.under(version)(canonicalNumber).toString('base64url')}`),
  )
}
