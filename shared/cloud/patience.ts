// Patience as the adapters have it: the real clock and dice unless a test gives others, and what the edge answers with
// "busy, come back" when it is spent.
import { Busy } from '../kernel/busy.ts'
import type { Wiring } from '../kernel/wiring.ts'
import { clock } from './clock.ts'
import type { Patience } from './insist.ts'
import { random } from './random.ts'

export const patienceFor = (
  wiring: Wiring,
  port: string,
  given: Partial<Pick<Patience, 'clock' | 'random'>> = {},
): Patience => ({
  clock: given.clock ?? clock(wiring),
  random: given.random ?? random(wiring),
  budgetMs: wiring.budgetMs,
  spent: (sentence, cause) => new Busy(`${port}: ${sentence}`, { cause }),
})
