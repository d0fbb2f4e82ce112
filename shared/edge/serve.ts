// Binds an endpoint to its use case as a Lambda handler: origin, caller, request, use case, reply.
import type { Endpoint, UseCase } from '../kernel/endpoint.ts'
import type { Clock, Origin, Outside } from '../kernel/ports.ts'
import { required, type Wiring } from '../kernel/wiring.ts'
import { type GivenOutcome, replyOf } from './answer.ts'
import { builtAtFirst } from './built-at-first.ts'
import { agencyKeysFrom, type CallerSources, checkCaller } from './caller-check.ts'
import { incomingOf } from './incoming-of.ts'
import { openJournal } from './journal.ts'
import { keySetOf } from './key-set.ts'
import { checkOrigin } from './origin-check.ts'
import { type Passage, type Step, stop } from './passage.ts'
import type { GatewayReply } from './reply.ts'
import { checkRequest } from './request-check.ts'
import { type Handler, wayIn } from './way-in.ts'
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

export const serve = <E extends Endpoint, Needs>(
  declared: E,
  makeUseCase: (ports: Needs) => UseCase<NoInfer<E>>,
  makePorts: (wiring: Wiring) => Needs & DoorPorts<E>,
): Handler =>
  builtAtFirst(() => {
    const wiring = wiringOf(declared)
    const ports: Needs & AnyDoorPorts = makePorts(wiring)
    const { name, budgetMs } = declared
    return wayIn({
      name,
      budgetMs,
      clock: ports.clock,
      journal: openJournal(wiring),
      steps: stepsOf(declared, ports, wiring),
      answer: answerBy(declared, makeUseCase(ports)),
    })
  })

const answerBy =
  <E extends Endpoint>(declared: E, useCase: UseCase<E>) =>
  async (passage: Passage): Promise<GatewayReply> => {
    const outcome: GivenOutcome = await useCase(incomingOf(declared, passage))
    return outcome.ok
      ? replyOf(declared, outcome.value, passage.arrival.headers['if-none-match'])
      : stop(passage, outcome.refusal.code, { facts: outcome.refusal.facts })
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
