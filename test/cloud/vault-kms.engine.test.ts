import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  generateKeyPairSync,
  hash,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { originWith } from '../../shared/cloud/origin-secrets-manager.ts'
import { MAX_SIGNED_BYTES, vaultWith } from '../../shared/cloud/vault-kms.ts'
import { Busy } from '../../shared/kernel/busy.ts'
import { MAX_SECRET_AGE_MS } from '../../shared/kernel/vault.ts'
import { clockAt, seededRandom } from '../support/clocks.ts'
import { type Asked, fault, ok, type Reply, type ScriptedServer, scriptedServer } from '../support/scripted-server.ts'

const opened: ScriptedServer[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server.stop()
})

const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const sealKey = randomBytes(32)

/** A KMS of one machine: what is sealed under one encryption context does not open under another. */
const kms = ({ action, body }: Asked): Reply => {
  const context = Buffer.from(JSON.stringify(body.EncryptionContext ?? {}))
  if (action === 'GenerateDataKeyWithoutPlaintext') {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(context)
    const sealed = Buffer.concat([nonce, cipher.update(randomBytes(32)), cipher.final(), cipher.getAuthTag()])
    return ok({ KeyId: body.KeyId, CiphertextBlob: sealed.toString('base64') })
  }
  if (action === 'Sign') {
    const isRaw = body.MessageType === 'RAW' && body.SigningAlgorithm === 'ECDSA_SHA_256'
    const bytes = Buffer.from(String(body.Message), 'base64')
    return isRaw ? ok({ Signature: sign('sha256', bytes, signing.privateKey).toString('base64') }) : fault('Bad')
  }
  const sealed = Buffer.from(String(body.CiphertextBlob), 'base64')
  try {
    const opening = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(0, 12)).setAAD(context)
    const key = Buffer.concat([
      opening.setAuthTag(sealed.subarray(-16)).update(sealed.subarray(12, -16)),
      opening.final(),
    ])
    return ok({ Plaintext: key.toString('base64') })
  } catch {
    return fault('InvalidCiphertextException')
  }
}

const start = async (answer: (asked: Asked, count: number) => Reply) => {
  const server = await scriptedServer(answer)
  opened.push(server)
  const environment = {
    AWS_REGION: 'ap-east-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_KMS: server.endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: server.endpoint,
    SEAL_KEY_ARN: 'arn:seal',
    SIGNING_KEY_OPEN_BOOKS_ARN: 'arn:open-books',
    HASHING_SECRET_CITIZEN_ARN: 'arn:citizen',
    ORIGIN_SECRET_ARN: 'arn:origin',
  }
  const wiring = { name: 'vault-test', budgetMs: 1_000, environment }
  const clock = clockAt('2026-11-20T12:00:00+08:00')
  const given = { clock, random: seededRandom('vault') }
  return { clock, asked: server.asked, vault: vaultWith(wiring, given), origin: originWith(wiring, given) }
}

const secret = (text: string): Reply => ok({ SecretString: text })
const keyA = Buffer.alloc(32, 'a')
const keyB = Buffer.alloc(32, 'b')
const twoKeys = { current: 2, keys: { '1': keyA.toString('base64'), '2': keyB.toString('base64') } }
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest()

describe('the hashing keys', () => {
  it('hash under the version asked for and are listed newest first', async () => {
    const { vault } = await start(() => secret(JSON.stringify(twoKeys)))
    const ring = await vault.hashing('citizen')
    expect(ring.currentVersion).toBe(2)
    expect(ring.versions).toEqual([2, 1])
    expect(ring.under(1)('A123456789')).toEqual(hmac(keyA, 'A123456789'))
    expect(ring.under(2)('陳')).toEqual(hmac(keyB, '陳'))
    expect(() => ring.under(3)).toThrow('no version 3')
  })

  it('come from the seed of a secret that was only generated, also beside later keys', async () => {
    const seed = 's'.repeat(64)
    const { vault } = await start(() => secret(JSON.stringify({ ...twoKeys, seed, keys: { '2': twoKeys.keys['2'] } })))
    const ring = await vault.hashing('citizen')
    expect(ring.versions).toEqual([2, 1])
    expect(ring.under(1)('x')).toEqual(hmac(hash('sha256', seed, 'buffer'), 'x'))
  })

  it.each(['seed-in-clear-text', '{"seed":seed-in-clear-text}', '{"current":1,"seed":"seed-in-clear-text"}'])(
    'that cannot be read are told of without the secret (%#)',
    async (text) => {
      const { vault } = await start(() => secret(text))
      const failure: unknown = await vault.hashing('citizen').catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(Error)
      expect(inspect(failure, { depth: 10 })).not.toContain('seed-in')
    },
  )

  it('are fetched once for many who ask at once, and anew when they are too old', async () => {
    const { vault, asked, clock } = await start(() => secret(JSON.stringify(twoKeys)))
    await Promise.all(Array.from({ length: 25 }, () => vault.hashing('citizen')))
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      action: 'GetSecretValue',
      body: { SecretId: 'arn:citizen', VersionStage: 'AWSCURRENT' },
    })
    clock.pass(MAX_SECRET_AGE_MS)
    await vault.hashing('citizen')
    expect(asked).toHaveLength(2)
  })

  it('serve on while the secret cannot be fetched, and are asked for again later', async () => {
    const { vault, asked, clock } = await start((_, count) =>
      count === 2
        ? fault('AccessDeniedException')
        : secret(JSON.stringify({ ...twoKeys, current: count === 1 ? 1 : 2 })),
    )
    await vault.hashing('citizen')
    clock.pass(MAX_SECRET_AGE_MS)
    expect((await vault.hashing('citizen')).currentVersion).toBe(1)
    await vault.hashing('citizen')
    expect(asked).toHaveLength(2)
    clock.pass(10_000)
    expect((await vault.hashing('citizen')).currentVersion).toBe(2)
  })

  it.each(['{"current":3,"keys":{}}', '{"current":1,"keys":{"1":"c2hvcnQ="}}', 'not json'])(
    'are refused when the secret is not one (%#), and fetched again the next time',
    async (text) => {
      const { vault, asked } = await start((_, count) => secret(count === 1 ? text : JSON.stringify(twoKeys)))
      await expect(vault.hashing('citizen')).rejects.toThrow()
      expect((await vault.hashing('citizen')).currentVersion).toBe(2)
      expect(asked).toHaveLength(2)
    },
  )
})

describe('a sealed key', () => {
  it('is fresh each time, hashes alike whenever it is opened, and is opened once', async () => {
    const { vault, asked } = await start(kms)
    const [one, two] = [await vault.newSealedKey('campaign-key'), await vault.newSealedKey('campaign-key')]
    expect(one).not.toBe(two)
    const many = await Promise.all(Array.from({ length: 25 }, () => vault.hashingUnder('campaign-key', one)))
    expect(new Set(many.map((keyed) => keyed('subject').toString('hex'))).size).toBe(1)
    const other = await vault.hashingUnder('campaign-key', two)
    expect(other('subject')).not.toEqual(many[0]?.('subject'))
    expect(asked.filter(({ action }) => action === 'Decrypt')).toHaveLength(2)
    expect(asked[0]?.body).toMatchObject({ KeyId: 'arn:seal', EncryptionContext: { purpose: 'campaign-key' } })
  })

  it('that cannot be opened is an error, and is tried again the next time', async () => {
    const { vault, asked } = await start((request, count) => (count === 2 ? fault('DisabledException') : kms(request)))
    const sealed = await vault.newSealedKey('campaign-key')
    await expect(vault.hashingUnder('campaign-key', sealed)).rejects.toThrow('DisabledException')
    await vault.hashingUnder('campaign-key', sealed)
    await expect(vault.hashingUnder('campaign-key', `${sealed.slice(0, -8)}AAAAAAA=`)).rejects.toThrow(
      'InvalidCiphertext',
    )
    expect(asked).toHaveLength(4)
  })

  it('comes through throttling, and says so when there is no end to it', async () => {
    const some = await start((request, count) => (count < 3 ? fault('ThrottlingException') : kms(request)))
    await some.vault.newSealedKey('campaign-key')
    expect(some.asked).toHaveLength(3)
    const forEver = await start(() => fault('ThrottlingException'))
    await expect(forEver.vault.newSealedKey('campaign-key')).rejects.toThrow(Busy)
  })
})

describe('a signature', () => {
  it('is over the text itself, by the key of its name', async () => {
    const { vault, asked } = await start(kms)
    const text = '截止統計 '.repeat(100)
    const signature = Buffer.from(await vault.sign('open-books', text), 'base64url')
    expect(asked[0]?.body.KeyId).toBe('arn:open-books')
    expect(verify('sha256', Buffer.from(text), signing.publicKey, signature)).toBe(true)
  })

  it('is not made over more than KMS takes whole', async () => {
    const { vault, asked } = await start(kms)
    await expect(vault.sign('open-books', 'x'.repeat(MAX_SIGNED_BYTES + 1))).rejects.toThrow('too long to sign')
    expect(asked).toEqual([])
  })
})

describe('the origin secret', () => {
  const byStage = (values: Readonly<Record<string, string>>) => (request: Asked) => {
    const value = values[String(request.body.VersionStage)]
    return value === undefined ? fault('ResourceNotFoundException') : secret(value)
  }

  it('is accepted in its current, coming and former value', async () => {
    const { origin } = await start(byStage({ AWSCURRENT: 'now', AWSPENDING: 'next', AWSPREVIOUS: 'then' }))
    expect(await origin.secrets()).toEqual(['now', 'next', 'then'])
  })

  it('needs only a current value', async () => {
    const { origin } = await start(byStage({ AWSCURRENT: 'now' }))
    expect(await origin.secrets()).toEqual(['now'])
  })

  it('without a current value is an error', async () => {
    const { origin } = await start(byStage({ AWSPREVIOUS: 'then' }))
    await expect(origin.secrets()).rejects.toThrow('ResourceNotFoundException')
  })

  it('is fetched anew on request, but not more often than every ten seconds', async () => {
    const { origin, asked, clock } = await start(byStage({ AWSCURRENT: 'now' }))
    await origin.secrets()
    for (let guess = 0; guess < 25; guess++) await origin.secrets({ refetch: true })
    expect(asked).toHaveLength(3)
    clock.pass(10_000)
    await Promise.all(Array.from({ length: 25 }, () => origin.secrets({ refetch: true })))
    expect(asked).toHaveLength(6)
  })
})
