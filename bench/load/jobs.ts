// What the bench asks of its load generator, a child process, and what it hears from it.
import type { Tally } from './tally.ts'

export interface RegistrationJob {
  readonly kind: 'registration'
  readonly dataDir: string
  readonly origin: string
  readonly campaignId: string
  readonly pools: readonly string[]
  /** Each storm on one stage has people of its own. */
  readonly firstPerson: number
  readonly people: number
  readonly inFlight: number
}

/** The same items straight into the engine. */
export interface EngineJob {
  readonly kind: 'engine'
  readonly endpoint: string
  readonly tables: readonly [odd: string, even: string]
  readonly people: number
  readonly inFlight: number
}

export type Job = RegistrationJob | EngineJob

export interface Outcome {
  readonly tally: Tally
  /** The registration number that each person was answered with. */
  readonly numbers: readonly string[]
  /** Repeats that were answered with another number than the first time. */
  readonly contradictions: number
}

export type GeneratorReport =
  | { readonly kind: 'progress'; readonly what: string; readonly done: number; readonly total: number }
  | { readonly kind: 'begun' }
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly why: string }
