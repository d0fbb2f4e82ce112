// The only retry loop towards the cloud; the SDK's own is switched off. Pauses have full jitter, so that a crowd that was
// refused together does not come back together, and all attempts begin within a share of the function's time budget.
import type { Clock, Random } from '../kernel/ports.ts'
import { troubleOf } from './engine-trouble.ts'

export interface Patience {
  readonly clock: Clock
  readonly random: Random
  /** The declaration's whole time budget. */
  readonly budgetMs: number
  /** What is thrown when patience is spent; `why` is the last error. */
  spent(sentence: string, why: unknown): Error
}

export interface Attempt {
  /** An attempt before this one may have been carried out without our hearing of it. */
  readonly followsUnknown: boolean
}

/** The first pause is up to this long, and each further one up to twice the one before. */
const FIRST_PAUSE_MS = 20
/** A longer pause would waste the little time a citizen waits. */
const LONGEST_PAUSE_MS = 250
/** A bound of its own, should a clock stand still. At these pauses it is over a second of refusals. */
const MAX_ATTEMPTS = 12
/** No attempt begins later than this share of the budget; `ATTEMPT_SHARE` then still fits into it. */
const BEGIN_SHARE = 0.5
/** The longest one attempt may take. */
export const ATTEMPT_SHARE = 0.4

export const insist = async <Value>(
  patience: Patience,
  attempt: (attempt: Attempt) => Promise<Value>,
  how: { readonly mayRepeatUnknown: boolean } = { mayRepeatUnknown: true },
): Promise<Value> => {
  const begunAt = patience.clock.now()
  let followsUnknown = false
  for (let count = 1; ; count++) {
    try {
      return await attempt({ followsUnknown })
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble === 'final') throw error
      followsUnknown ||= trouble === 'unknown'
      if (followsUnknown && !how.mayRepeatUnknown)
        throw patience.spent('whether it was carried out is not known', error)
      await pauseOrGiveUp(patience, { count, begunAt, error })
    }
  }
}

const pauseOrGiveUp = async (
  patience: Patience,
  state: { readonly count: number; readonly begunAt: number; readonly error: unknown },
): Promise<void> => {
  const ceilingMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (state.count - 1))
  const pauseMs = patience.random.fraction() * ceilingMs
  const isTooLate = (afterMs: number): boolean =>
    patience.clock.now() - state.begunAt + afterMs > patience.budgetMs * BEGIN_SHARE
  const giveUp = (): Error => patience.spent(`refused ${state.count} times`, state.error)
  if (state.count >= MAX_ATTEMPTS || isTooLate(pauseMs)) throw giveUp()
  await patience.clock.pause(pauseMs)
  // A function that was answered without us is frozen and may be thawed minutes later, in the middle of this pause.
  if (isTooLate(0)) throw giveUp()
}
