// What answers where nothing is declared: an unknown address, a wrong method, or a browser asking whether it may come
// from another site. The gateway has words of its own for these; people get ours.
import type { Endpoint, Method } from '../kernel/endpoint.ts'
import type { Clock, Origin } from '../kernel/ports.ts'
import type { Wiring } from '../kernel/wiring.ts'
import { builtAtFirst } from './built-at-first.ts'
import { openJournal } from './journal.ts'
import { checkOrigin } from './origin-check.ts'
import { type Passage, stop } from './passage.ts'
import type { GatewayReply } from './reply.ts'
import { type Handler, wayIn } from './way-in.ts'
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
): Handler =>
  builtAtFirst(() => {
    const wiring = wiringOf(declared)
    const { clock, origin } = makePorts(wiring)
    const { name, budgetMs } = declared
    const answer = guideTo(endpoints)
    return wayIn({ name, budgetMs, clock, journal: openJournal(wiring), steps: [checkOrigin(origin)], answer })
  })
