// What a request gets when something was thrown: overload is told apart from bugs, and neither tells the caller why.
import { Busy } from '../kernel/busy.ts'
import { AnswerBroken } from './answer.ts'
import { KeySetUnreachable } from './key-set.ts'
import type { Journal } from './log-catalogue.ts'
import { type Passage, stop } from './passage.ts'
import type { GatewayReply } from './reply.ts'
import { TimeIsUp } from './time-budget.ts'

interface Failed {
  readonly event: Passage
  readonly error: unknown
}

export const rescue =
  (name: string, journal: Journal) =>
  ({ event, error }: Failed): GatewayReply => {
    const { requestId } = event.arrival
    if (error instanceof Busy || error instanceof KeySetUnreachable) {
      journal('PORT_BUSY', { name, requestId, error })
      return stop(event, 'BUSY')
    }
    if (error instanceof TimeIsUp) return stop(event, 'TOO_SLOW')
    if (error instanceof AnswerBroken) journal('ANSWER_BROKEN', { endpoint: name, requestId, at: error.at })
    else journal('FAULT', { name, requestId, error })
    return stop(event, 'FAULT')
  }
