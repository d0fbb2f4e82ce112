// Faults of the house itself: messages delivered twice, workers that crash, whole queues that are lost.
import type { Crew } from '../crew.ts'
import type { Chaos } from '../options.ts'
import type { Fields } from '../template/json.ts'
import type { Plan } from '../template/plan.ts'
import type { Counts, Dice } from './dice.ts'

const TWICE_SHARE = 0.3
/** On average; the dice say when. */
const CRASH_EVERY_MS = 5_000
const LOSE_EVERY_MS = 10_000

export interface HouseFaults {
  deliveries(): number
  begin(crew: Crew, call: (action: string, body: Fields) => Promise<Fields>): void
  stop(): void
}

export const houseFaults = (chaos: Chaos, plan: Plan, dice: Dice, seen: Counts): HouseFaults => {
  const timers = new Set<NodeJS.Timeout>()
  const repeat = (kind: string, everyMs: number, strike: () => void) => {
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        seen.add(kind)
        strike()
        repeat(kind, everyMs, strike)
      },
      everyMs * (0.5 + dice.roll(kind)),
    )
    timers.add(timer)
  }
  return {
    deliveries: () => {
      if (!chaos.kinds.includes('duplicate') || dice.roll('duplicate') >= TWICE_SHARE) return 1
      seen.add('duplicate')
      return 2
    },
    begin: (crew, call) => {
      if (chaos.kinds.includes('crash'))
        repeat('crash', CRASH_EVERY_MS, () => crew.crashOne(Math.floor(dice.roll('which worker') * 64)))
      if (chaos.kinds.includes('lose-queue') && plan.mappings.length > 0) {
        repeat('lose-queue', LOSE_EVERY_MS, () => {
          const mapping = plan.mappings[Math.floor(dice.roll('which queue') * plan.mappings.length)]
          if (mapping) void call('PurgeQueue', { QueueUrl: mapping.queueUrl }).catch(() => undefined)
        })
      }
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
