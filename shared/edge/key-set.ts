// The published keys of the city's sign-in, cached per worker, so that a check of a token is no call at all.
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import * as z from 'zod'
import type { Clock, Instant, Outside } from '../kernel/ports.ts'

/** A new key is published well before it signs (overlap), so ten minutes are early enough. */
const KEY_SET_LIFE_MS = 600_000
/** Tokens with made-up key ids must not make us ask again and again. */
const MIN_REFETCH_MS = 30_000

/** Public halves only (RFC 7517): a private one among them is a fault of the sign-in and is not used. */
const PublishedKeySet = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string(), d: z.never().optional() })).min(1),
})
const isKeySet = (published: unknown): published is JSONWebKeySet => PublishedKeySet.safeParse(published).success

/** Nobody can be recognised before the first key set is there: overload, not a refusal. */
export class KeySetUnreachable extends Error {
  override readonly name = 'KeySetUnreachable'
}

export interface KeySet {
  current(): Promise<JWTVerifyGetKey>
  /** After a key id that is not in the set: asked again, but not more often than MIN_REFETCH_MS. */
  renewed(): Promise<JWTVerifyGetKey>
}

export const keySetOf = (outside: Outside, clock: Clock): KeySet => {
  let keys: JWTVerifyGetKey | undefined
  let fetchedAt: Instant = 0
  let triedAt: Instant = 0
  let pending: Promise<JWTVerifyGetKey> | undefined

  const fetchKeys = async (): Promise<JWTVerifyGetKey> => {
    triedAt = clock.now()
    const published = await outside.keySet()
    fetchedAt = clock.now()
    if (!isKeySet(published)) throw new Error('what the sign-in published is not a key set')
    keys = createLocalJWKSet(published)
    return keys
  }
  /** One request under way at a time; a failed one leaves the keys we have, which are better than none. */
  const fetchOnce = (): Promise<JWTVerifyGetKey> => {
    pending ??= fetchKeys()
      .catch((failure: unknown) => {
        if (keys === undefined) throw new KeySetUnreachable('no key set yet', { cause: failure })
        return keys
      })
      .finally(() => {
        pending = undefined
      })
    return pending
  }
  /** While we hold keys, a sign-in that is down is asked twice a minute and not by every request. */
  const mayAsk = () => clock.now() - triedAt > MIN_REFETCH_MS
  const isOld = () => clock.now() - fetchedAt > KEY_SET_LIFE_MS
  return {
    current: async () => (keys === undefined || (isOld() && mayAsk()) ? fetchOnce() : keys),
    renewed: async () => (keys === undefined || mayAsk() ? fetchOnce() : keys),
  }
}
