// Work that the clock starts. No finer than a minute: EventBridge knows nothing smaller.
import type { Powers } from './queue.ts'

export interface Schedule extends Powers {
  readonly kind: 'schedule'
  readonly name: string
  readonly everyMinutes: number
  readonly budgetMs: number
  readonly harm: string
}

export const schedule = (declaration: Omit<Schedule, 'kind'>): Schedule => ({ kind: 'schedule', ...declaration })
