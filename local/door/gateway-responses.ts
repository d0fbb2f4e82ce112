// What a REST API answers without asking a function: its own words, or those that the template gives it.
import type { GatewayResponsePlan } from '../template/plan.ts'
import type { GatewayReply } from './reply.ts'

const known = {
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Missing Authentication Token' },
  INVALID_API_KEY: { status: 403, message: 'Forbidden' },
  THROTTLED: { status: 429, message: 'Too Many Requests' },
  QUOTA_EXCEEDED: { status: 429, message: 'Limit Exceeded' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long' },
  INTEGRATION_FAILURE: { status: 500, message: 'Internal server error' },
  BAD_INTEGRATION: { status: 502, message: 'Internal server error' },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Endpoint request timed out' },
} as const

export type OwnAnswer = keyof typeof known

export const gatewayResponses =
  (worded: Readonly<Record<string, GatewayResponsePlan>>) =>
  (what: OwnAnswer, requestId: string): GatewayReply => {
    const own = known[what]
    const given = worded[what] ?? worded[own.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX']
    const [type, template] = Object.entries(given?.templates ?? {})[0] ?? [
      'application/json',
      '{"message":$context.error.messageString}',
    ]
    const headers = Object.entries({ 'content-type': type, ...lowerCased(given?.headers ?? {}) }).flatMap(
      ([name, value]) => [name, fill(value, own.message, requestId)],
    )
    return { status: given?.status ?? own.status, headers, body: fill(template, own.message, requestId) }
  }

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

const fill = (template: string, message: string, requestId: string): string =>
  template
    .replaceAll('$context.error.messageString', JSON.stringify(message))
    .replaceAll('$context.error.message', message)
    .replaceAll('$context.requestId', requestId)
