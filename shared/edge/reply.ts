// Replies in the one form that both gateways understand, and the headers that every one of them carries.
import { type ProblemCode, problems, problemType } from '../kernel/problems.ts'
import type { Facts } from '../kernel/result.ts'
import { contentLanguage, type Language } from './language.ts'

export interface GatewayReply {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** One wrong field: where it stands (RFC 6901 pointer into the body, or the parameter's name) and what is wrong with it. */
export interface FieldError {
  readonly pointer?: string
  readonly parameter?: string
  readonly detail: string
}

export interface ProblemReply extends GatewayReply {
  readonly problem: ProblemCode
}

/** The API serves data, never pages: nothing in a reply may run, be framed or be guessed at (OWASP REST cheat sheet). */
export const securityHeaders = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'permissions-policy': 'interest-cohort=()',
} as const

/** Told to wait: long enough for a burst to pass, short enough that nobody gives up. */
const RETRY_AFTER_SECONDS = '2'
const RETRIED: readonly ProblemCode[] = ['BUSY', 'TOO_SLOW', 'TOO_MANY_REQUESTS']

export interface ProblemDetails {
  readonly language: Language
  readonly requestId: string
  readonly facts?: Facts | undefined
  readonly errors?: readonly FieldError[] | undefined
  readonly headers?: Readonly<Record<string, string>>
}

export const problemReply = (code: ProblemCode, details: ProblemDetails): ProblemReply => {
  const { status, title } = problems[code]
  return {
    statusCode: status,
    problem: code,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': contentLanguage[details.language],
      'cache-control': 'no-store',
      vary: 'accept-language',
      ...(RETRIED.includes(code) ? { 'retry-after': RETRY_AFTER_SECONDS } : {}),
      ...(status === 401 ? { 'www-authenticate': challengeOf(code) } : {}),
      ...details.headers,
    },
    body: JSON.stringify({
      type: problemType(code),
      title: title[details.language],
      status,
      code,
      instance: `urn:tongquan:request:${details.requestId}`,
      ...(details.facts ? { facts: details.facts } : {}),
      ...(details.errors ? { errors: details.errors } : {}),
    }),
  }
}

/** RFC 6750 §3: no error code when no token was sent. */
const challengeOf = (code: ProblemCode): string =>
  code === 'TOKEN_MISSING' ? 'Bearer realm="tongquan"' : 'Bearer realm="tongquan", error="invalid_token"'
