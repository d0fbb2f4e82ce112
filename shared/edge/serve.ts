// Binds an endpoint to its use case as a Lambda handler: origin, caller, request, use case within its time, reply.
// Nothing is built before the first event, and all that can be built once is built then.
import middy from '@middy/core'
import type { Context } from 'aws-lambda'
import { COLD_START_ALLOWANCE_SECONDS, type Endpoint, type UseCase } from '../kernel/endpoint.ts'
import type { Clock, Origin, Outside } from '../kernel/ports.ts'
import { required, type Wiring } from '../kernel/wiring.ts'
import { type GivenOutcome, replyOf } from './answer.ts'
import { agencyKeysFrom, type CallerSources, checkCaller } from './caller-check.ts'
import { arrivalOf, type GatewayEvent } from './incoming.ts'
import { incomingOf } from './incoming-of.ts'
import { openJournal } from './journal.ts'
import { keySetOf } from './key-set.ts'
import { languageOf } from './language.ts'
import { checkOrigin } from './origin-check.ts'
import { type Passage, type Step, stop } from './passage.ts'
import type { GatewayReply } from './reply.ts'
import { checkRequest } from './request-check.ts'
import { recordAnswer } from './request-log.ts'
import { rescue } from './rescue.ts'
import { within } from './time-budget.ts'
import { wiringOf } from './wiring-of.ts'

/** What the door itself needs, by who may come in: everyone passes the CDN, whoever signs in shows a token. */
type DoorPorts<E extends Endpoint> = E['caller']['who'] extends 'agency'
  ? { readonly clock: Clock }
  : E['caller']['who'] extends 'anyone'
    ? { readonly clock: Clock; readonly origin: Origin }
    : { readonly clock: Clock; readonly origin: Origin; readonly outside: Outside }

interface AnyDoorPorts {
  readonly clock: Clock
  readonly origin?: Origin
  readonly outside?: Outside
}

export type Handler = (event: GatewayEvent, context: Context) => Promise<GatewayReply>

export const serve = <E extends Endpoint, Needs>(
  declared: E,
  makeUseCase: (ports: Needs) => UseCase<NoInfer<E>>,
  makePorts: (wiring: Wiring) => Needs & DoorPorts<E>,
): Handler => {
  let handler: Handler | undefined
  const build = (): Handler => {
    const wiring = wiringOf(declared)
    const ports = makePorts(wiring)
    return open(declared, makeUseCase(ports), ports, wiring)
  }
  return (event, context) => {
    handler ??= build()
    return handler(event, context)
  }
}

const sourcesOf = ({ outside, clock }: AnyDoorPorts, wiring: Wiring): CallerSources => ({
  rules: outside && { issuer: required(wiring, 'ISSUER'), keySet: keySetOf(outside, clock), clock },
  agencyKeys: agencyKeysFrom(wiring.environment.AGENCY_KEYS ?? ''),
})

const stepsOf = (declared: Endpoint, ports: AnyDoorPorts, wiring: Wiring): readonly Step[] => [
  ...(ports.origin ? [checkOrigin(ports.origin)] : []),
  checkCaller(declared.caller, sourcesOf(ports, wiring)),
  checkRequest(declared),
]

const open = <E extends Endpoint>(declared: E, useCase: UseCase<E>, ports: AnyDoorPorts, wiring: Wiring): Handler => {
  const journal = openJournal(wiring)
  const answer = async (passage: Passage): Promise<GatewayReply> => {
    const outcome: GivenOutcome = await useCase(incomingOf(declared, passage))
    return outcome.ok
      ? replyOf(declared, outcome.value, passage.arrival.headers['if-none-match'])
      : stop(passage, outcome.refusal.code, { facts: outcome.refusal.facts })
  }
  const way = middy<Passage, GatewayReply>({ timeoutEarlyInMillis: 0 })
  for (const step of stepsOf(declared, ports, wiring)) way.before(step)
  const save = rescue(declared.name, journal)
  way.onError(save).handler(answer)
  const record = recordAnswer(declared.name, ports.clock, journal)

  // The first event pays for connections and secrets; it is answered before the function's own time-out all the same.
  let coldStartMs = (COLD_START_ALLOWANCE_SECONDS - 1) * 1_000
  return async (event, context) => {
    const limitMs = declared.budgetMs + coldStartMs
    coldStartMs = 0
    const startedAt = ports.clock.now()
    const arrival = arrivalOf(event)
    const passage: Passage = { arrival, language: languageOf(arrival.headers['accept-language']) }
    const reply = await within(limitMs, way(passage, context)).catch((error: unknown) =>
      save({ event: passage, error }),
    )
    return record(passage, startedAt, reply)
  }
}
