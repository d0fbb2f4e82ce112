import { createPublicKey, verify } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { KeyPlan, SecretPlan } from '../../local/template/plan.ts'
import { openVault } from '../../local/vault/kept-vault.ts'
import { kmsActions } from '../../local/vault/kms.ts'
import { withSecrets } from '../../local/vault/references.ts'
import { secretActions } from '../../local/vault/secrets.ts'
import { temporaryFolder } from './temporary.ts'

const keys: readonly KeyPlan[] = [
  { id: 'Seal', arn: 'arn:seal', aliases: ['alias/seal'], kind: 'symmetric' },
  { id: 'Other', arn: 'arn:other', aliases: [], kind: 'symmetric' },
  { id: 'Sign', arn: 'arn:sign', aliases: [], kind: 'P-256' },
]
const secrets: readonly SecretPlan[] = [
  {
    id: 'Hash',
    arn: 'arn:hash',
    name: 'hash',
    generate: { length: 64, alphabet: 'ab', template: '{"current":1}', key: 'seed' },
  },
  {
    id: 'Origin',
    arn: 'arn:aws:secretsmanager:r:1:secret:origin',
    name: 'origin',
    generate: { length: 40, alphabet: 'abc' },
  },
]
const opened = (dataDir = temporaryFolder('vault')) => {
  const kept = openVault(dataDir, { keys, secrets })
  const actions = { ...kmsActions(keys, kept), ...secretActions(secrets, kept) }
  const call = (action: string, body: object) => z.record(z.string(), z.unknown()).parse(actions[action]?.(body))
  return { dataDir, kept, call }
}
const EncryptionContext = { purpose: 'campaign-key' }

describe('the vault of one machine', () => {
  it('opens what it sealed, under the same purpose alone', () => {
    const { call } = opened()
    const made = call('GenerateDataKey', { KeyId: 'alias/seal', KeySpec: 'AES_256', EncryptionContext })
    const CiphertextBlob = made['CiphertextBlob']
    expect(call('Decrypt', { CiphertextBlob, EncryptionContext })['Plaintext']).toBe(made['Plaintext'])
    expect(() => call('Decrypt', { CiphertextBlob, EncryptionContext: { purpose: 'another' } })).toThrow()
    expect(() => call('Decrypt', { CiphertextBlob })).toThrow()
    expect(() => call('Decrypt', { KeyId: 'arn:other', CiphertextBlob, EncryptionContext })).toThrow(
      'does not identify',
    )
  })

  it('opens after a restart what it sealed before', () => {
    const before = opened()
    const { CiphertextBlob } = before.call('Encrypt', { KeyId: 'arn:seal', Plaintext: 'aGVsbG8=', EncryptionContext })
    expect(opened(before.dataDir).call('Decrypt', { CiphertextBlob, EncryptionContext })['Plaintext']).toBe('aGVsbG8=')
  })

  it('signs so that the public key verifies, and does not seal with a signing key', () => {
    const { call } = opened()
    const message = Buffer.from('figures')
    const signature = call('Sign', {
      KeyId: 'arn:sign',
      Message: message.toString('base64'),
      SigningAlgorithm: 'ECDSA_SHA_256',
    })['Signature']
    const published = createPublicKey({
      key: Buffer.from(String(call('GetPublicKey', { KeyId: 'arn:sign' })['PublicKey']), 'base64'),
      format: 'der',
      type: 'spki',
    })
    expect(verify('sha256', message, published, Buffer.from(String(signature), 'base64'))).toBe(true)
    expect(() => call('Encrypt', { KeyId: 'arn:sign', Plaintext: '' })).toThrow('does not allow')
    expect(() => call('Encrypt', { KeyId: 'arn:nowhere', Plaintext: '' })).toThrow('does not exist')
  })

  it('makes secrets as the template asks, once', () => {
    const { dataDir, call } = opened()
    const text = call('GetSecretValue', { SecretId: 'hash' })['SecretString']
    expect(JSON.parse(String(text))).toEqual({ current: 1, seed: expect.stringMatching(/^[ab]{64}$/) })
    expect(opened(dataDir).call('GetSecretValue', { SecretId: 'arn:hash' })['SecretString']).toBe(text)
  })

  it('moves the labels of a secret that is put anew', () => {
    const { call } = opened()
    const first = call('GetSecretValue', { SecretId: 'origin' })['SecretString']
    expect(() => call('GetSecretValue', { SecretId: 'origin', VersionStage: 'AWSPREVIOUS' })).toThrow('staging label')
    call('PutSecretValue', { SecretId: 'origin', SecretString: 'second' })
    expect(call('GetSecretValue', { SecretId: 'origin' })['SecretString']).toBe('second')
    expect(call('GetSecretValue', { SecretId: 'origin', VersionStage: 'AWSPREVIOUS' })['SecretString']).toBe(first)
    call('PutSecretValue', { SecretId: 'origin', SecretString: 'third', VersionStages: ['AWSPENDING'] })
    expect(call('GetSecretValue', { SecretId: 'origin', VersionStage: 'AWSPENDING' })['SecretString']).toBe('third')
  })

  it('keeps its file from other users of the machine', () => {
    expect(statSync(join(opened().dataDir, 'vault.json')).mode & 0o077).toBe(0)
  })

  it('fills in what the CDN refers to', () => {
    const { kept } = opened()
    const headers = {
      'x-origin-secret': '{{resolve:secretsmanager:arn:aws:secretsmanager:r:1:secret:origin:SecretString:::}}',
      seed: '{{resolve:secretsmanager:hash:SecretString:seed::}}',
    }
    const behaviour = { pattern: '*', to: 'citizen-door' as const, originPath: '', headers, methods: [] }
    const nothing = {
      region: '',
      account: '',
      functions: [],
      tables: [],
      queues: [],
      mappings: [],
      schedules: [],
      buckets: [],
      grants: {},
    }
    const filled = withSecrets({ ...nothing, keys, secrets, cdn: { rootObject: '', behaviours: [behaviour] } }, kept)
    expect(filled.cdn?.behaviours[0]?.headers).toEqual({
      'x-origin-secret': expect.stringMatching(/^[abc]{40}$/),
      seed: expect.stringMatching(/^[ab]{64}$/),
    })
  })
})
