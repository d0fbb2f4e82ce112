// The typed client: one function that knows every endpoint by name. Types come from the declarations, and at run time
// there is nothing but a table of method and path. Used by tests, later by the site and the load scenarios.
import type { z } from 'zod'
import type { endpoints } from '../city.ts'
import type { Endpoint, Page, Replay } from '../kernel/endpoint.ts'
import { routes } from './routes.ts'

export type Endpoints = typeof endpoints
export type EndpointName = keyof Endpoints

type Inputs<Shape> =
  Shape extends Readonly<Record<string, z.ZodType>> ? { readonly [Name in keyof Shape]: z.input<Shape[Name]> } : never
type When<Part, Key extends string> = [Part] extends [never] ? unknown : { readonly [Name in Key]: Part }
type Declared<E, Key extends string> = E extends { readonly [Name in Key]: infer Part } ? Part : never

export type Ask<E extends Endpoint> = When<Inputs<Declared<E, 'path'>>, 'path'> &
  When<Partial<Inputs<Declared<E, 'query'>>>, 'query'> &
  (E extends { readonly body: infer Body extends z.ZodType } ? { readonly body: z.input<Body> } : unknown) &
  (E extends { readonly idempotencyKey: 'required' } ? { readonly idempotencyKey: string } : unknown)

type BodyOf<R> =
  R extends Replay<infer Body> ? z.infer<Body> : R extends Page ? string : R extends z.ZodType ? z.infer<R> : never

interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: string
  readonly instance: string
  readonly facts?: Readonly<Record<string, unknown>>
  readonly errors?: readonly { readonly pointer?: string; readonly parameter?: string; readonly detail: string }[]
}

export type Told<E extends Endpoint> =
  | { readonly ok: false; readonly status: number; readonly problem: Problem; readonly headers: Headers }
  | {
      [Status in keyof E['replies'] & number]: {
        readonly ok: true
        readonly status: Status
        readonly body: BodyOf<E['replies'][Status]>
        /** The first answer again; nothing was done twice. */
        readonly replayed: boolean
        readonly headers: Headers
      }
    }[keyof E['replies'] & number]

export interface ClientSettings {
  readonly origin: string
  /** Token or API key, asked for at each call, since tokens are short-lived. */
  readonly credentials?: () => Readonly<Record<string, string>>
  /** Sent with every request, such as Accept-Language. */
  readonly headers?: Readonly<Record<string, string>>
  readonly fetch?: typeof fetch
}

interface AnyAsk {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  readonly idempotencyKey?: string
}

const addressOf = (origin: string, path: string, ask: AnyAsk): URL => {
  const address = new URL(
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ask.path?.[name] ?? '')),
    origin,
  )
  for (const [name, value] of Object.entries(ask.query ?? {}))
    if (value !== undefined) address.searchParams.set(name, value)
  return address
}

/** Who needs no credentials is sent none: with them every person would have a copy of their own in the CDN. */
const headersOf = (settings: ClientSettings, audience: 'anyone' | 'known', ask: AnyAsk): Record<string, string> => ({
  ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(ask.idempotencyKey === undefined ? {} : { 'idempotency-key': ask.idempotencyKey }),
  ...(audience === 'known' ? settings.credentials?.() : {}),
  ...settings.headers,
})

export const clientOf =
  (settings: ClientSettings) =>
  async <Name extends EndpointName>(name: Name, ask: Ask<Endpoints[Name]> & AnyAsk): Promise<Told<Endpoints[Name]>> => {
    const [method, path, audience] = routes[name]
    const answer = await (settings.fetch ?? fetch)(addressOf(settings.origin, path, ask), {
      method,
      headers: headersOf(settings, audience, ask),
      ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
    })
    const { status, headers } = answer
    const isJson = headers.get('content-type')?.includes('json') ?? false
    const body = isJson ? await answer.json() : await answer.text()
    const replayed = headers.get('idempotent-replayed') === 'true'
    const reply =
      status < 400 ? { ok: true, status, body, replayed, headers } : { ok: false, status, problem: body, headers }
    if (!isTold<Endpoints[Name]>(reply)) throw new Error(`${method} ${path}: ${status} without an answer of ours`)
    return reply
  }

/** The edge has parsed every answer by its declaration on the way out, so its form need not be looked at twice. */
const isTold = <E extends Endpoint>(reply: object): reply is Told<E> =>
  'body' in reply || ('problem' in reply && typeof reply.problem === 'object')
