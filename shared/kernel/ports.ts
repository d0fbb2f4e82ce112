// All that a use case can touch. Nothing else in shared/ is nondeterministic.
import type { Blobs } from './bucket.ts'
import type { MessageOf, Queue } from './queue.ts'
import type { Records } from './records.ts'
import type { Vault } from './vault.ts'

/** Milliseconds since 1970. */
export type Instant = number

export interface Clock {
  now(): Instant
  /** Resolves after the time has passed; for retries with a bound, never for work that must happen. */
  pause(milliseconds: number): Promise<void>
}

export interface Random {
  bytes(count: number): Buffer
  /** Uniform in [0, 1). For jitter, never for secrets. */
  fraction(): number
}

export interface Work {
  /** A hint that work is due; the record written before it is the truth. */
  send<Q extends Queue>(queue: Q, messages: readonly MessageOf<Q>[]): Promise<void>
}

export interface Outside {
  /** The key set of the city's sign-in as published (RFC 7517), not yet looked at. */
  keySet(): Promise<unknown>
}

/** The secret that the CDN adds to every request it passes on, so that nobody can go around it. */
export interface Origin {
  /** All values accepted now: the current one and, while it is being changed, its neighbours. Cached by the adapter. */
  secrets(how?: { readonly refetch: boolean }): Promise<readonly string[]>
}

export interface Ports {
  readonly clock: Clock
  readonly random: Random
  readonly records: Records
  readonly work: Work
  readonly vault: Vault
  readonly blobs: Blobs
  readonly outside: Outside
  readonly origin: Origin
}
