// SHA-256 and HMAC for the SDK's signer by node:crypto's quickest ways: the SDK's own is written in JavaScript and takes
// half of a signed request. Keys become KeyObjects once, and the signer itself keeps a day's key.
import type { KeyObject } from 'node:crypto'
import { createHmac, createSecretKey, hash } from 'node:crypto'

type Source = string | ArrayBuffer | ArrayBufferView

/** The constructor that every AWS client takes as `sha256`; with a secret it is an HMAC. */
export class QuickSha256 {
  private readonly secret: Source | undefined
  private parts: Buffer[] = []

  constructor(secret?: Source) {
    this.secret = secret
  }

  update(part: Uint8Array): void {
    this.parts.push(bytesOf(part))
  }

  digest(): Promise<Uint8Array> {
    const [only] = this.parts
    const data = only && this.parts.length === 1 ? only : Buffer.concat(this.parts)
    if (this.secret === undefined) return Promise.resolve(hash('sha256', data, 'buffer'))
    return Promise.resolve(createHmac('sha256', keyFor(this.secret)).update(data).digest())
  }

  reset(): void {
    this.parts = []
  }
}

const bytesOf = (source: Source): Buffer => {
  if (typeof source === 'string') return Buffer.from(source)
  if (ArrayBuffer.isView(source)) return Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  return Buffer.from(source)
}

/** Two secrets at a time are in use (the access key's and the day's), so what is kept stays small. */
const MAX_TEXT_KEYS = 8
const keysByText = new Map<string, KeyObject>()
const keysByBytes = new WeakMap<object, KeyObject>()

const keyFor = (secret: Source): KeyObject => {
  const known = typeof secret === 'string' ? keysByText.get(secret) : keysByBytes.get(secret)
  if (known) return known
  const made = createSecretKey(bytesOf(secret))
  if (typeof secret !== 'string') keysByBytes.set(secret, made)
  else if (keysByText.size < MAX_TEXT_KEYS) keysByText.set(secret, made)
  return made
}
