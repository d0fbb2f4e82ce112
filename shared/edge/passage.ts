// What the middlewares of one request share on its way in, filled step by step.
import type { Caller } from '../kernel/caller.ts'
import type { Repeatability } from '../kernel/endpoint.ts'
import type { ProblemCode } from '../kernel/problems.ts'
import type { Facts } from '../kernel/result.ts'
import type { Arrival } from './incoming.ts'
import type { Language } from './language.ts'
import { type FieldError, type ProblemReply, problemReply } from './reply.ts'

export interface Passage {
  readonly arrival: Arrival
  readonly language: Language
  caller?: Caller
  path?: unknown
  query?: unknown
  body?: unknown
  repeat?: Repeatability
}

/** A step on the way in: answers early with a problem, or lets the request pass. */
export type Step = (request: {
  readonly event: Passage
}) => Promise<ProblemReply | undefined> | ProblemReply | undefined

export const stop = (
  passage: Passage,
  code: ProblemCode,
  more: { readonly facts?: Facts | undefined; readonly errors?: readonly FieldError[] } = {},
): ProblemReply => problemReply(code, { language: passage.language, requestId: passage.arrival.requestId, ...more })
