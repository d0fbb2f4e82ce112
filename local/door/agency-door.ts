// The REST API: API key, usage plan, route, event, function, reply. What the gateway answers by itself is worded by the
// template's gateway responses.

import type { AgencyDoorPlan, MethodPlan } from '../template/plan.ts'
import type { Lambda, Outcome } from '../worker/lambda.ts'
import { type AgencyApi, agencyEvent } from './agency-event.ts'
import { MAX_EVENT_BYTES, readBody } from './body.ts'
import { type Arrival, withPatience } from './citizen-door.ts'
import { gatewayResponses, type OwnAnswer } from './gateway-responses.ts'
import { pathTree } from './paths.ts'
import { agencyReply, type GatewayReply } from './reply.ts'

export interface AgencyKey {
  readonly id: string
  readonly value: string
  readonly enabled: boolean
  readonly planned: boolean
}

/** Asks the primary process, which counts for all workers. */
export type Admit = (keyId: string | undefined) => Promise<'admitted' | 'throttled' | 'quota spent'>

export interface AgencyDoor {
  /** The first segments of its paths: everything else belongs to the citizen door. */
  readonly roots: ReadonlySet<string>
  answer(arrival: Arrival): Promise<GatewayReply>
}

export const agencyDoorOf = (
  plan: AgencyDoorPlan,
  api: AgencyApi,
  lambdas: ReadonlyMap<string, Lambda>,
  keys: readonly AgencyKey[],
  admit: Admit,
): AgencyDoor => {
  const tree = pathTree<MethodPlan>()
  for (const method of plan.methods) tree.add(method.method, method.resource, method)
  const byValue = new Map(keys.filter((key) => key.enabled && key.planned).map((key) => [key.value, key]))
  const own = gatewayResponses(plan.responses)

  const answer = async (arrival: Arrival): Promise<GatewayReply> => {
    const say = (what: OwnAnswer) => own(what, arrival.requestId)
    const { message } = arrival
    const found = tree.find(message.method ?? 'GET', arrival.path)
    if (!found) return say('MISSING_AUTHENTICATION_TOKEN')
    const method = found.target
    const given = message.headers['x-api-key']
    const key = typeof given === 'string' ? byValue.get(given) : undefined
    if (method.keyNeeded && !key) return say('INVALID_API_KEY')
    const admitted = await admit(method.keyNeeded ? key?.id : undefined)
    if (admitted !== 'admitted') return say(admitted === 'throttled' ? 'THROTTLED' : 'QUOTA_EXCEEDED')
    const read = await readBody(message)
    if (!read.ok || (read.body && read.body.length > MAX_EVENT_BYTES)) return say('REQUEST_TOO_LARGE')
    const lambda = lambdas.get(method.functionId)
    if (!lambda) return say('INTEGRATION_FAILURE')
    const request = {
      message,
      path: arrival.path,
      query: arrival.query,
      body: read.body,
      sourceIp: message.socket.remoteAddress ?? '',
      apiKey: method.keyNeeded ? key : undefined,
    }
    const event = agencyEvent(api, method, request, found.parameters, arrival.requestId, arrival.now)
    return replyTo(await withPatience(lambda.invoke(event), method.timeoutMs), say)
  }
  return { roots: new Set(plan.methods.map((method) => method.resource.split('/')[1] ?? '')), answer }
}

const replyTo = (outcome: Outcome | 'too slow', say: (what: OwnAnswer) => GatewayReply): GatewayReply => {
  if (outcome === 'too slow') return say('INTEGRATION_TIMEOUT')
  if (!outcome.ok) return say(outcome.why === 'throttled' ? 'INTEGRATION_FAILURE' : 'BAD_INTEGRATION')
  return agencyReply(outcome.value) ?? say('BAD_INTEGRATION')
}
