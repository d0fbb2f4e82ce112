// What the primary and its workers say to each other.
import type { Outcome } from './lambda.ts'

export type ToWorker =
  | { readonly kind: 'invoke'; readonly id: number; readonly functionId: string; readonly event: unknown }
  | { readonly kind: 'admitted'; readonly id: number; readonly verdict: Verdict }
  | { readonly kind: 'ran'; readonly id: number; readonly outcome: Outcome | undefined }
  | { readonly kind: 'stop' }

export type Verdict = 'admitted' | 'throttled' | 'quota spent'

export type ToPrimary =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly outcome: Outcome }
  | { readonly kind: 'admit'; readonly id: number; readonly keyId: string | undefined }
  /** Somebody asked for a schedule to run now. */
  | { readonly kind: 'run'; readonly id: number; readonly scheduleId: string }
  | { readonly kind: 'failed'; readonly sentence: string }
