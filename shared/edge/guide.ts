// What answers where nothing is declared: an unknown address, a wrong method, or a browser asking whether it may come
// from another site. The gateway has words of its own for these; people get ours.
import type { Context } from 'aws-lambda'
import type { Endpoint, Method } from '../kernel/endpoint.ts'
import type { Clock, Origin } from '../kernel/ports.ts'
import type { Wiring } from '../kernel/wiring.ts'
import { arrivalOf, type GatewayEvent } from './incoming.ts'
import { openJournal } from './journal.ts'
import { languageOf } from './language.ts'
import { checkOrigin } from './origin-check.ts'
import { type Passage, stop } from './passage.ts'
import type { GatewayReply } from './reply.ts'
import { recordAnswer } from './request-log.ts'
import { rescue } from './rescue.ts'
import type { Handler } from './serve.ts'
import { wiringOf } from './wiring-of.ts'

interface Guided {
  readonly method: Method
  readonly form: RegExp
  readonly isPublic: boolean
}

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'DELETE']
/** A day: the answer changes with a deployment, and a stale one only costs a refusal. */
const PREFLIGHT_LIFE_SECONDS = '86400'

const guidedOf = ({ route, caller }: Endpoint): Guided => {
  const [method, path = ''] = route.split(' ')
  const form = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{[^}]+\}/g, '[^/]+')}$`)
  return { method: METHODS.find((known) => known === method) ?? 'GET', form, isPublic: caller.who === 'anyone' }
}

export const guideTo = (endpoints: readonly Endpoint[]) => {
  const guided = endpoints.map(guidedOf)
  return (passage: Passage): GatewayReply => {
    const here = guided.filter(({ form }) => form.test(passage.arrival.path))
    if (here.length === 0) return stop(passage, 'ROUTE_UNKNOWN')
    const methods = here.map(({ method }) => method)
    if (passage.arrival.method === 'OPTIONS')
      return preflightReply(
        methods,
        here.some(({ isPublic }) => isPublic),
      )
    const problem = stop(passage, 'METHOD_NOT_ALLOWED', { facts: { allowed: methods } })
    return { ...problem, headers: { ...problem.headers, allow: methods.join(', ') } }
  }
}

/** Only what anyone may read can be read from other sites; the rest is for our own pages and for servers. */
const preflightReply = (methods: readonly Method[], isPublic: boolean): GatewayReply => ({
  statusCode: 204,
  headers: {
    allow: methods.join(', '),
    'cache-control': 'no-store',
    ...(isPublic && {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET',
      'access-control-max-age': PREFLIGHT_LIFE_SECONDS,
    }),
  },
  body: '',
})

export const guide = (
  declared: { readonly name: string; readonly budgetMs: number },
  endpoints: readonly Endpoint[],
  makePorts: (wiring: Wiring) => { readonly clock: Clock; readonly origin: Origin },
): Handler => {
  let handler: Handler | undefined
  return (event: GatewayEvent, context: Context) => {
    handler ??= open(declared, endpoints, makePorts)
    return handler(event, context)
  }
}

const open = (
  declared: { readonly name: string; readonly budgetMs: number },
  endpoints: readonly Endpoint[],
  makePorts: (wiring: Wiring) => { readonly clock: Clock; readonly origin: Origin },
): Handler => {
  const wiring = wiringOf(declared)
  const { clock, origin } = makePorts(wiring)
  const journal = openJournal(wiring)
  const check = checkOrigin(origin)
  const answer = guideTo(endpoints)
  const save = rescue(declared.name, journal)
  const record = recordAnswer(declared.name, clock, journal)
  return async (event) => {
    const startedAt = clock.now()
    const arrival = arrivalOf(event)
    const passage: Passage = { arrival, language: languageOf(arrival.headers['accept-language']) }
    const reply = await Promise.resolve(check({ event: passage }))
      .then((stopped) => stopped ?? answer(passage))
      .catch((error: unknown) => save({ event: passage, error: error instanceof Error ? error : undefined }))
    return record(passage, startedAt, reply)
  }
}
