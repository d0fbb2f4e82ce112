// Reads a request body within the gateway's own bound.
import type { IncomingMessage } from 'node:http'

/** What API Gateway takes in; above it the gateway itself answers 413. */
export const MAX_GATEWAY_BYTES = 10 * 1_024 * 1_024
/** What a Lambda event holds. */
export const MAX_EVENT_BYTES = 6 * 1_024 * 1_024

export type Body = { readonly ok: true; readonly body: Buffer | undefined } | { readonly ok: false }

export const readBody = (request: IncomingMessage): Promise<Body> | Body => {
  const length = request.headers['content-length']
  if (length === undefined && request.headers['transfer-encoding'] === undefined) return { ok: true, body: undefined }
  if (length === '0') return { ok: true, body: undefined }
  if (Number(length) > MAX_GATEWAY_BYTES) return { ok: false }
  return new Promise((done, failed) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_GATEWAY_BYTES) done({ ok: false })
      else chunks.push(chunk)
    })
    request.on('end', () => done({ ok: true, body: chunks.length === 1 ? chunks[0] : Buffer.concat(chunks) }))
    request.on('error', failed)
  })
}
