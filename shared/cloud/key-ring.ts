// The hashing secret as it stands in Secrets Manager, and the ring of keys made of it. A secret that the cloud has just
// generated holds a seed instead of keys: version 1 is its SHA-256. Rotation adds versions and keeps the old.
import type { KeyObject } from 'node:crypto'
import { createHmac, createSecretKey, hash } from 'node:crypto'
import * as z from 'zod'
import type { KeyedHash, KeyRing } from '../kernel/vault.ts'

const KEY_BYTES = 32
const MIN_SEED_CHARACTERS = 32

const HashingSecret = z.object({
  current: z.int().min(1),
  seed: z.string().min(MIN_SEED_CHARACTERS).optional(),
  keys: z.record(z.string().regex(/^[1-9][0-9]*$/), z.base64()).default({}),
})

export const keyRingFrom = (secretText: string): KeyRing => {
  const secret = HashingSecret.parse(jsonOf(secretText))
  const hashes = new Map<number, KeyedHash>()
  if (secret.seed !== undefined) hashes.set(1, keyedHash(hash('sha256', secret.seed, 'buffer')))
  for (const [version, key] of Object.entries(secret.keys))
    hashes.set(Number(version), keyedHash(Buffer.from(key, 'base64')))
  if (!hashes.has(secret.current)) throw new Error('the hashing secret lacks its current version')
  return {
    currentVersion: secret.current,
    versions: [...hashes.keys()].sort((left, right) => right - left),
    under(version) {
      const found = hashes.get(version)
      if (found === undefined) throw new Error(`the key ring has no version ${version}`)
      return found
    },
  }
}

/** The parser's own message quotes what it read, and errors go to the log. */
const jsonOf = (secretText: string): unknown => {
  try {
    return JSON.parse(secretText)
  } catch {
    throw new Error('the hashing secret is not JSON')
  }
}

/** The KeyObject is made once: an HMAC then costs a seventh of one under raw bytes. */
export const keyedHash = (key: Buffer): KeyedHash => {
  if (key.byteLength !== KEY_BYTES) throw new Error(`a hashing key has ${KEY_BYTES} bytes`)
  const made: KeyObject = createSecretKey(key)
  return (text) => createHmac('sha256', made).update(text).digest()
}
