// The last step out: the headers that every reply carries, and the one line that says what became of the request.
import type { Clock, Instant } from '../kernel/ports.ts'
import { REPLAY_HEADER } from './answer.ts'
import type { Journal } from './log-catalogue.ts'
import { requestMetrics } from './metrics.ts'
import type { Passage } from './passage.ts'
import { type GatewayReply, securityHeaders } from './reply.ts'

/** The caller keeps it and names it when something went wrong. */
export const REQUEST_ID_HEADER = 'x-request-id'

const problemOf = (reply: GatewayReply): { readonly problem?: string } =>
  'problem' in reply && typeof reply.problem === 'string' ? { problem: reply.problem } : {}

export const recordAnswer =
  (endpoint: string, clock: Clock, journal: Journal) =>
  (passage: Passage, startedAt: Instant, reply: GatewayReply): GatewayReply => {
    const now = clock.now()
    const { requestId } = passage.arrival
    journal(
      'REQUEST_ANSWERED',
      {
        endpoint,
        requestId,
        status: reply.statusCode,
        ...problemOf(reply),
        latencyMs: now - startedAt,
        faults: reply.statusCode >= 500 ? 1 : 0,
        replayed: REPLAY_HEADER in reply.headers,
      },
      requestMetrics(now),
    )
    return {
      statusCode: reply.statusCode,
      headers: { ...securityHeaders, ...reply.headers, [REQUEST_ID_HEADER]: requestId },
      body: reply.body,
    }
  }
