// The part of KMS that the city uses. The encryption context is bound to what is sealed, as additional authenticated data.
import { createCipheriv, createDecipheriv, createPublicKey, randomBytes, sign } from 'node:crypto'
import { z } from 'zod'
import type { KeyPlan } from '../template/plan.ts'
import { AwsError } from './aws-error.ts'
import type { KeptVault } from './kept-vault.ts'

const IV_BYTES = 12
const TAG_BYTES = 16
const MAX_PLAINTEXT = 4_096

const Context = z.record(z.string(), z.string()).default({})
const Base64 = z.string().transform((text) => Buffer.from(text, 'base64'))
const Encrypt = z.object({ KeyId: z.string(), Plaintext: Base64, EncryptionContext: Context })
const Decrypt = z.object({ KeyId: z.string().optional(), CiphertextBlob: Base64, EncryptionContext: Context })
const DataKey = z.object({
  KeyId: z.string(),
  EncryptionContext: Context,
  KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
  NumberOfBytes: z.number().int().min(1).max(1_024).optional(),
})
const Sign = z.object({
  KeyId: z.string(),
  Message: Base64,
  MessageType: z.enum(['RAW', 'DIGEST']).default('RAW'),
  SigningAlgorithm: z.literal('ECDSA_SHA_256'),
})
const Named = z.object({ KeyId: z.string() })

export type Action = (body: unknown) => object

export const kmsActions = (plans: readonly KeyPlan[], vault: KeptVault): Readonly<Record<string, Action>> => {
  const keyOf = (name: string, kind: KeyPlan['kind']): KeyPlan => {
    const found = plans.find(
      (plan) => plan.arn === name || plan.id === name || plan.aliases.some((alias) => name.endsWith(alias)),
    )
    if (!found) throw new AwsError('NotFoundException', `Key '${name}' does not exist`)
    if (found.kind !== kind)
      throw new AwsError('InvalidKeyUsageException', `${found.arn} key usage does not allow this operation.`)
    return found
  }
  const seal = (key: KeyPlan, plaintext: Buffer, context: Readonly<Record<string, string>>): Buffer => {
    if (plaintext.length > MAX_PLAINTEXT)
      throw new AwsError('ValidationException', `Plaintext is longer than ${MAX_PLAINTEXT} bytes`)
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', vault.symmetric(key.id), iv).setAAD(boundTo(key, context))
    const body = Buffer.concat([cipher.update(plaintext), cipher.final()])
    const id = Buffer.from(key.id)
    return Buffer.concat([Buffer.from([id.length]), id, iv, cipher.getAuthTag(), body])
  }
  const unseal = (blob: Buffer, context: Readonly<Record<string, string>>): { key: KeyPlan; plaintext: Buffer } => {
    const start = 1 + (blob[0] ?? 0)
    const key = plans.find((plan) => plan.id === blob.subarray(1, start).toString())
    if (!key || blob.length < start + IV_BYTES + TAG_BYTES) throw new AwsError('InvalidCiphertextException', '')
    const iv = blob.subarray(start, start + IV_BYTES)
    const tag = blob.subarray(start + IV_BYTES, start + IV_BYTES + TAG_BYTES)
    try {
      const decipher = createDecipheriv('aes-256-gcm', vault.symmetric(key.id), iv)
        .setAAD(boundTo(key, context))
        .setAuthTag(tag)
      return {
        key,
        plaintext: Buffer.concat([decipher.update(blob.subarray(start + IV_BYTES + TAG_BYTES)), decipher.final()]),
      }
    } catch {
      throw new AwsError('InvalidCiphertextException', '')
    }
  }
  const dataKey = (body: unknown) => {
    const read = DataKey.parse(body)
    const key = keyOf(read.KeyId, 'symmetric')
    const plaintext = randomBytes(read.NumberOfBytes ?? (read.KeySpec === 'AES_128' ? 16 : 32))
    return { key, plaintext, blob: seal(key, plaintext, read.EncryptionContext) }
  }
  return {
    Encrypt: (body) => {
      const read = Encrypt.parse(body)
      const key = keyOf(read.KeyId, 'symmetric')
      const blob = seal(key, read.Plaintext, read.EncryptionContext)
      return { CiphertextBlob: blob.toString('base64'), KeyId: key.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }
    },
    Decrypt: (body) => {
      const read = Decrypt.parse(body)
      const { key, plaintext } = unseal(read.CiphertextBlob, read.EncryptionContext)
      if (read.KeyId !== undefined && keyOf(read.KeyId, 'symmetric').id !== key.id)
        throw new AwsError(
          'IncorrectKeyException',
          'The key ID in the request does not identify the key that was used.',
        )
      return { Plaintext: plaintext.toString('base64'), KeyId: key.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }
    },
    GenerateDataKey: (body) => {
      const { key, plaintext, blob } = dataKey(body)
      return { CiphertextBlob: blob.toString('base64'), Plaintext: plaintext.toString('base64'), KeyId: key.arn }
    },
    GenerateDataKeyWithoutPlaintext: (body) => {
      const { key, blob } = dataKey(body)
      return { CiphertextBlob: blob.toString('base64'), KeyId: key.arn }
    },
    Sign: (body) => {
      const read = Sign.parse(body)
      const key = keyOf(read.KeyId, 'P-256')
      if (read.MessageType === 'DIGEST')
        throw new AwsError('ValidationException', 'The local stage signs whole messages, not digests.')
      const signature = sign('sha256', read.Message, vault.signing(key.id))
      return { KeyId: key.arn, Signature: signature.toString('base64'), SigningAlgorithm: read.SigningAlgorithm }
    },
    GetPublicKey: (body) => {
      const key = keyOf(Named.parse(body).KeyId, 'P-256')
      const der = createPublicKey(vault.signing(key.id)).export({ type: 'spki', format: 'der' })
      return {
        KeyId: key.arn,
        PublicKey: der.toString('base64'),
        KeySpec: 'ECC_NIST_P256',
        KeyUsage: 'SIGN_VERIFY',
        SigningAlgorithms: ['ECDSA_SHA_256'],
      }
    },
  }
}

const boundTo = (key: KeyPlan, context: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(JSON.stringify([key.id, Object.entries(context).sort(([left], [right]) => (left < right ? -1 : 1))]))
