import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { QuickSha256 } from '../../shared/cloud/quick-sha256.ts'

const hex = async (hash: QuickSha256) => Buffer.from(await hash.digest()).toString('hex')

describe('the quick SHA-256', () => {
  it.each([[[]], [['one']], [['one', 'two', '陳']]])('hashes %j as node:crypto does', async (parts) => {
    const quick = new QuickSha256()
    for (const part of parts) quick.update(Buffer.from(part))
    expect(await hex(quick)).toBe(createHash('sha256').update(parts.join('')).digest('hex'))
  })

  it.each([
    ['a text', 'secret'],
    ['bytes', new Uint8Array([1, 2, 3])],
    ['a buffer', new Uint8Array([1, 2, 3]).buffer],
  ])('is an HMAC under %s, also the second time', async (_, secret) => {
    const wanted = createHmac('sha256', typeof secret === 'string' ? secret : Buffer.from([1, 2, 3])).update('x')
    const digest = wanted.digest('hex')
    for (const _again of [1, 2]) {
      const quick = new QuickSha256(secret)
      quick.update(Buffer.from('x'))
      expect(await hex(quick)).toBe(digest)
    }
  })

  it('keeps keys that look alike apart', async () => {
    const under = async (secret: string) => {
      const quick = new QuickSha256(secret)
      quick.update(Buffer.from('x'))
      return await hex(quick)
    }
    const many = await Promise.all(Array.from({ length: 20 }, (_, index) => under(`key-${index}`)))
    expect(new Set(many).size).toBe(20)
  })

  it('begins anew after a reset', async () => {
    const quick = new QuickSha256()
    quick.update(Buffer.from('old'))
    quick.reset()
    quick.update(Buffer.from('new'))
    expect(await hex(quick)).toBe(createHash('sha256').update('new').digest('hex'))
  })
})
