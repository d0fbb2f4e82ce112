// The vault in the cloud: KMS seals and signs, Secrets Manager keeps the hashing keys. What is fetched is kept in this
// process, so a registration makes no call here.
import { DecryptCommand, GenerateDataKeyWithoutPlaintextCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms'
import type { HashingKey, KeyRing, Vault } from '../kernel/vault.ts'
import { MAX_SECRET_AGE_MS } from '../kernel/vault.ts'
import type { PortMaker, Wiring } from '../kernel/wiring.ts'
import { required } from '../kernel/wiring.ts'
import { clientSettings } from './client-settings.ts'
import type { Patience } from './insist.ts'
import { insist } from './insist.ts'
import type { Kept } from './kept.ts'
import { kept } from './kept.ts'
import { keyedHash, keyRingFrom } from './key-ring.ts'
import { openedOnce } from './opened-keys.ts'
import { patienceFor } from './patience.ts'
import { secretReader } from './secret-reader.ts'

/** What KMS takes whole. A longer document is signed by signing a text that names its hash. */
export const MAX_SIGNED_BYTES = 4_096

export const vault: PortMaker<Vault> = (wiring) => vaultWith(wiring)

export const vaultWith = (wiring: Wiring, given: Partial<Pick<Patience, 'clock' | 'random'>> = {}): Vault => {
  const patience = patienceFor(wiring, 'vault', given)
  return { hashing: hashingWith(wiring, patience), ...keysWith(wiring, patience) }
}

const hashingWith = (wiring: Wiring, patience: Patience): Vault['hashing'] => {
  const reader = secretReader(wiring, patience)
  const rings = new Map<HashingKey, Kept<KeyRing>>()
  const ringOf = (key: HashingKey): Kept<KeyRing> => {
    const arn = required(wiring, `HASHING_SECRET_${variable(key)}_ARN`)
    return kept(patience.clock, MAX_SECRET_AGE_MS, async () => keyRingFrom(await reader.read(arn, 'AWSCURRENT')))
  }
  return async (key) => {
    const ring = rings.get(key) ?? ringOf(key)
    rings.set(key, ring)
    return await ring.get()
  }
}

const keysWith = (wiring: Wiring, patience: Patience): Omit<Vault, 'hashing'> => {
  const kms = new KMSClient(clientSettings(wiring, 'KMS'))
  const sealing = (purpose: string) => ({
    KeyId: required(wiring, 'SEAL_KEY_ARN'),
    // Bound to the sealed text: one purpose cannot open what another has sealed.
    EncryptionContext: { purpose },
  })
  const open = async (purpose: string, sealedKey: string) => {
    const sealed = { ...sealing(purpose), CiphertextBlob: Buffer.from(sealedKey, 'base64') }
    const reply = await insist(patience, () => kms.send(new DecryptCommand(sealed)))
    return keyedHash(answered(reply.Plaintext))
  }
  return {
    hashingUnder: openedOnce(open),
    async newSealedKey(purpose) {
      const wanted = { ...sealing(purpose), KeySpec: 'AES_256' } as const
      const reply = await insist(patience, () => kms.send(new GenerateDataKeyWithoutPlaintextCommand(wanted)))
      return answered(reply.CiphertextBlob).toString('base64')
    },
    async sign(key, text) {
      const message = Buffer.from(text)
      if (message.length > MAX_SIGNED_BYTES) throw new Error(`a text of ${message.length} bytes is too long to sign`)
      const signing = {
        KeyId: required(wiring, `SIGNING_KEY_${variable(key)}_ARN`),
        SigningAlgorithm: 'ECDSA_SHA_256',
        MessageType: 'RAW',
        Message: message,
      } as const
      const reply = await insist(patience, () => kms.send(new SignCommand(signing)))
      return answered(reply.Signature).toString('base64url')
    },
  }
}

const variable = (name: string): string => name.toUpperCase().replaceAll('-', '_')

const answered = (bytes: Uint8Array | undefined): Buffer => {
  if (bytes === undefined) throw new Error('the vault answered without the bytes asked for')
  return Buffer.from(bytes)
}
