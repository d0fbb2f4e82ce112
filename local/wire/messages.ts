import type { Endpoints } from '../brief.ts'
import type { Chaos } from '../options.ts'
import type { Plan } from '../template/plan.ts'

export interface WireBrief {
  readonly plan: Plan
  readonly endpoints: Endpoints
  readonly dataDir: string
  readonly permissions: boolean
  readonly chaos: Chaos | undefined
}

export type WireReport =
  | { readonly kind: 'open'; readonly endpoints: Endpoints }
  | { readonly kind: 'counts'; readonly counts: Readonly<Record<string, number>> }
