// Pages of the stage itself: tokens of its own issuer, and a schedule that is run now instead of at its time.
import type { Brief } from '../brief.ts'
import type { Arrival } from '../door/citizen-door.ts'
import { decoded } from '../door/paths.ts'
import type { GatewayReply } from '../door/reply.ts'
import { issuerPage, openIssuer } from '../outside/issuer.ts'
import type { PrimaryLine } from './primary-line.ts'

const RUNS = /^\/_local\/schedules\/([^/]+)\/runs$/

const page = (status: number, type: string, body: string): GatewayReply => ({
  status,
  headers: ['content-type', type, 'cache-control', 'no-store'],
  body,
})

export const localPages = (brief: Brief, line: PrimaryLine) => {
  const issuer = openIssuer(brief.dataDir, `${brief.origin}/_local/issuer`)
  return async ({ message, path, query }: Arrival): Promise<GatewayReply> => {
    const run = path.match(RUNS)?.[1]
    if (run !== undefined && message.method === 'POST') return ranNow(run, line)
    const own = issuerPage(issuer, path, new URLSearchParams(query))
    return own ? page(own.status, own.type, own.body) : page(404, 'text/plain', 'The stage has no such page.\n')
  }
}

const ranNow = async (scheduleId: string, line: PrimaryLine): Promise<GatewayReply> => {
  const outcome = await line.runSchedule(decoded(scheduleId))
  if (!outcome) return page(404, 'text/plain', 'The template has no such schedule.\n')
  return page(outcome.ok ? 200 : 500, 'application/json', JSON.stringify(outcome))
}
