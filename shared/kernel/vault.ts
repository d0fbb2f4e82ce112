// Keys and secrets by name. What a name stands for (KMS, Secrets Manager, a key file on one machine) is the adapter's.

/** Keyed hashes under secret, versioned keys. Rotation adds a version; old ones are kept for finding what was hashed before. */
export const hashingKeys = ['citizen'] as const
export type HashingKey = (typeof hashingKeys)[number]

/** What may be sealed. The purpose is bound to the sealed text: one purpose cannot open what another has sealed. */
export const sealPurposes = ['campaign-key'] as const
export type SealPurpose = (typeof sealPurposes)[number]

/** ECDSA P-256 keys whose private half never leaves the vault. */
export const signingKeys = ['open-books'] as const
export type SigningKey = (typeof signingKeys)[number]

/** HMAC-SHA-256 of the text (UTF-8) under one key. Synchronous: the key was fetched once. */
export type KeyedHash = (text: string) => Buffer

export interface KeyRing {
  readonly currentVersion: number
  /** Newest first. */
  readonly versions: readonly number[]
  under(version: number): KeyedHash
}

export interface Vault {
  /** Cached; a new version is seen within MAX_SECRET_AGE_MS. */
  hashing(key: HashingKey): Promise<KeyRing>
  /** A fresh random 256-bit key in sealed form, to be kept beside what it protects. */
  newSealedKey(purpose: SealPurpose): Promise<string>
  /** The keyed hash under a key made by newSealedKey. Cached by its sealed form. */
  hashingUnder(purpose: SealPurpose, sealedKey: string): Promise<KeyedHash>
  /** Signature (base64url, ECDSA P-256 over SHA-256, DER) of a text of at most 4 KB. */
  sign(key: SigningKey, text: string): Promise<string>
}

export const MAX_SECRET_AGE_MS = 300_000

export type VaultGrants = {
  readonly hash?: readonly HashingKey[]
  readonly newSealedKey?: readonly SealPurpose[]
  readonly unseal?: readonly SealPurpose[]
  readonly sign?: readonly SigningKey[]
}
