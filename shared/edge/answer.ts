// From a use case's outcome to the reply. The body is parsed once more by the declared schema:
// stray fields cannot leave, and a reply that breaks its promise is our fault, not the caller's.
import type { z } from 'zod'
import { sha256 } from '../kernel/digest.ts'
import type { Endpoint, Reply } from '../kernel/endpoint.ts'
import type { Refusal, Result } from '../kernel/result.ts'
import type { GatewayReply } from './reply.ts'

export interface GivenAnswer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}
export type GivenOutcome = Result<GivenAnswer, Refusal>

export class AnswerBroken extends Error {
  override readonly name = 'AnswerBroken'
  readonly at: readonly string[]
  constructor(endpoint: string, at: readonly string[]) {
    super(`${endpoint} answered with what it did not declare`)
    this.at = at
  }
}

export const REPLAY_HEADER = 'idempotent-replayed'

const schemaOf = (reply: Exclude<Reply, { contentType: string }>): z.ZodType =>
  'replayOf' in reply ? reply.replayOf : reply

const bodyOf = (declared: Endpoint, reply: Reply, body: unknown): { contentType: string; text: string } => {
  if ('contentType' in reply) return { contentType: reply.contentType, text: String(body) }
  const read = schemaOf(reply).safeParse(body)
  if (!read.success)
    throw new AnswerBroken(
      declared.name,
      read.error.issues.map(({ path }) => path.join('.')),
    )
  return { contentType: 'application/json', text: JSON.stringify(read.data) }
}

/** `max-age` for browsers and the CDN alike; a little staleness is better than a queue at the origin. */
const cacheHeaders = (declared: Endpoint, text: string): Readonly<Record<string, string>> =>
  declared.cacheSeconds === undefined
    ? { 'cache-control': 'no-store' }
    : {
        'cache-control': `public, max-age=${declared.cacheSeconds}, stale-while-revalidate=${declared.cacheSeconds}`,
        etag: `"${sha256(text)}"`,
      }

/** Weak comparison (RFC 9110 §13.1.2): the CDN compresses and so weakens what we tagged. */
const isAmong = (etag: string, ifNoneMatch = ''): boolean =>
  ifNoneMatch === '*' || ifNoneMatch.split(',').some((given) => given.trim().replace(/^W\//, '') === etag)

const corsHeaders = (declared: Endpoint): Readonly<Record<string, string>> =>
  declared.caller.who === 'anyone' ? { 'access-control-allow-origin': '*' } : {}

export const replyOf = (declared: Endpoint, given: GivenAnswer, ifNoneMatch: string | undefined): GatewayReply => {
  const reply = declared.replies[given.status]
  if (reply === undefined) throw new AnswerBroken(declared.name, [`status ${given.status}`])
  const { contentType, text } = bodyOf(declared, reply, given.body)
  const headers: Readonly<Record<string, string>> = {
    'content-type': contentType,
    ...cacheHeaders(declared, text),
    ...corsHeaders(declared),
    ...('replayOf' in reply ? { [REPLAY_HEADER]: 'true' } : {}),
    ...given.headers,
  }
  const isUnchanged = headers.etag !== undefined && isAmong(headers.etag, ifNoneMatch)
  return isUnchanged ? { statusCode: 304, headers, body: '' } : { statusCode: given.status, headers, body: text }
}
