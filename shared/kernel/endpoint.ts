// One declaration per endpoint. Route, function, grants, alarms, parsing, problems, OpenAPI, typed client and the
// role matrix all follow from it: a fact about an endpoint stands here and nowhere else.
import type { z } from 'zod'
import type { Agency, Anyone, CallerRule, Citizen, Operator } from './caller.ts'
import type { ProblemCode, Wording } from './problems.ts'
import type { Powers } from './queue.ts'
import type { Refusal, Result } from './result.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type Route = `${Method} /${string}`
type Shape = Readonly<Record<string, z.ZodType>>

/** A reply that repeats the first answer and says so with `Idempotent-Replayed: true`. */
export interface Replay<Body extends z.ZodType = z.ZodType> {
  readonly replayOf: Body
}
/** A page or document that is not JSON of ours. */
export interface Page {
  readonly contentType: string
}
export type Reply = z.ZodType | Replay | Page
export const replay = <Body extends z.ZodType>(body: Body): Replay<Body> => ({ replayOf: body })
export const page = (contentType: string): Page => ({ contentType })

export interface Endpoint extends Powers {
  readonly kind: 'endpoint'
  readonly name: string
  readonly route: Route
  /** One line for the API page: what it does for whoever calls. */
  readonly summary: Wording
  readonly caller: CallerRule
  readonly path?: Shape
  readonly query?: Shape
  readonly body?: z.ZodType
  readonly idempotencyKey?: 'required' | 'optional'
  readonly replies: { readonly [status: number]: Reply }
  readonly problems: readonly ProblemCode[]
  /** Public replies only: how long the CDN and browsers may keep them. Everything else is `no-store`. */
  readonly cacheSeconds?: number
  /** From the first byte in to the last byte out, on a warm function. */
  readonly budgetMs: number
  /** Who is hurt when it fails, in words for the alarm: "Citizens cannot register". */
  readonly harm: string
}

export const endpoint = <const E extends Omit<Endpoint, 'kind'>>(
  declaration: E,
): E & { readonly kind: 'endpoint' } => ({
  kind: 'endpoint',
  ...declaration,
})

type Parsed<S> = S extends Shape ? { readonly [Name in keyof S]: z.infer<S[Name]> } : unknown

type CallerOf<Rule> = Rule extends { who: 'citizen' }
  ? Citizen
  : Rule extends { who: 'operator' }
    ? Operator
    : Rule extends { who: 'agency' }
      ? Agency
      : Anyone

/** Hashes (SHA-256, base64url) of the Idempotency-Key and of the parsed body, to be kept on the business record. */
export interface Repeatability {
  readonly keyHash: string
  readonly bodyHash: string
}

type RepeatabilityOf<E> = E extends { idempotencyKey: 'required' }
  ? Repeatability
  : E extends { idempotencyKey: 'optional' }
    ? Repeatability | undefined
    : undefined

/** What a use case is given: parsed and typed by the declaration. */
export interface Incoming<E extends Endpoint> {
  readonly caller: CallerOf<E['caller']>
  readonly path: Parsed<E['path']>
  readonly query: Parsed<E['query']>
  readonly body: E['body'] extends z.ZodType ? z.infer<E['body']> : undefined
  readonly repeat: RepeatabilityOf<E>
}

type BodyOf<R> = R extends Replay<infer Body> ? z.input<Body> : R extends z.ZodType ? z.input<R> : string

/** A reply as a use case gives it; the edge parses it by the declaration, so stray fields cannot leave. */
export type Answer<E extends Endpoint> = {
  [Status in keyof E['replies'] & number]: {
    readonly status: Status
    readonly body: BodyOf<E['replies'][Status]>
    readonly headers?: Readonly<Record<string, string>>
  }
}[keyof E['replies'] & number]

export type Outcome<E extends Endpoint> = Result<Answer<E>, Refusal<E['problems'][number]>>
export type UseCase<E extends Endpoint> = (request: Incoming<E>) => Promise<Outcome<E>>

/** A cold start loads the bundle and opens connections: seen at 0.2–0.5 s, allowed ten times that before giving up. */
export const COLD_START_ALLOWANCE_SECONDS = 3

/** The budget is for a warm function and its answer in time; the time-out only stops what hangs, and nothing runs after it. */
export const timeoutSecondsOf = (budgetMs: number): number => Math.ceil(budgetMs / 1_000) + COLD_START_ALLOWANCE_SECONDS

/** What every endpoint with these traits can answer, beside its own problems. */
export const sharedProblems = (declared: Endpoint): readonly ProblemCode[] => [
  'ORIGIN_REFUSED',
  'TOO_MANY_REQUESTS',
  'BUSY',
  'TOO_SLOW',
  'FAULT',
  ...(declared.path || declared.query || declared.body ? (['REQUEST_INVALID'] as const) : []),
  ...(declared.body ? (['JSON_BROKEN', 'CONTENT_TYPE_UNSUPPORTED', 'BODY_TOO_LARGE'] as const) : []),
  ...(declared.idempotencyKey === 'required' ? (['IDEMPOTENCY_KEY_MISSING'] as const) : []),
  ...callerProblems(declared.caller),
]

const callerProblems = (rule: CallerRule): readonly ProblemCode[] => {
  switch (rule.who) {
    case 'anyone':
      return []
    case 'citizen':
      return ['TOKEN_MISSING', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'TOKEN_FOR_ANOTHER_SERVICE', 'TIER_TOO_LOW']
    case 'operator':
      return ['TOKEN_MISSING', 'TOKEN_INVALID', 'TOKEN_EXPIRED', 'TOKEN_FOR_ANOTHER_SERVICE', 'CALLER_NOT_ALLOWED']
    case 'agency':
      return ['API_KEY_REFUSED']
  }
}

/** Which of the two front doors: agencies come through the REST API with keys, everyone else through the CDN. */
export const doorOf = (declared: Endpoint): 'citizen' | 'agency' =>
  declared.caller.who === 'agency' ? 'agency' : 'citizen'
