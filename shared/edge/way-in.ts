// The way of every request: steps that may stop it, an answer, rescue when something was thrown, one line in the log.
// All of it within the time budget: what comes before the use case counts as well.
import middy from '@middy/core'
import type { Context } from 'aws-lambda'
import { COLD_START_ALLOWANCE_SECONDS } from '../kernel/endpoint.ts'
import type { Clock } from '../kernel/ports.ts'
import { arrivalOf, type GatewayEvent } from './incoming.ts'
import { languageOf } from './language.ts'
import type { Journal } from './log-catalogue.ts'
import type { Passage, Step } from './passage.ts'
import type { GatewayReply } from './reply.ts'
import { recordAnswer } from './request-log.ts'
import { rescue } from './rescue.ts'
import { within } from './time-budget.ts'

export type Handler = (event: GatewayEvent, context: Context) => Promise<GatewayReply>

export interface Way {
  readonly name: string
  readonly budgetMs: number
  readonly clock: Clock
  readonly journal: Journal
  readonly steps: readonly Step[]
  readonly answer: (passage: Passage) => Promise<GatewayReply> | GatewayReply
}

export const wayIn = ({ name, budgetMs, clock, journal, steps, answer }: Way): Handler => {
  const save = rescue(name, journal)
  const record = recordAnswer(name, clock, journal)
  const way = middy<Passage, GatewayReply>({ timeoutEarlyInMillis: 0 })
  for (const step of steps) way.before(step)
  way.onError(save).handler(async (passage) => answer(passage))

  // The first event pays for connections and secrets; it is answered before the function's own time-out all the same.
  let coldStartMs = (COLD_START_ALLOWANCE_SECONDS - 1) * 1_000
  return async (event, context) => {
    const limitMs = budgetMs + coldStartMs
    coldStartMs = 0
    const startedAt = clock.now()
    const arrival = arrivalOf(event)
    const passage: Passage = { arrival, language: languageOf(arrival.headers['accept-language']) }
    const reply = await within(limitMs, way(passage, context)).catch((error: unknown) =>
      save({ event: passage, error }),
    )
    return record(passage, startedAt, reply)
  }
}
