// The HTTP API: throttle, route, event, function, reply.
import type { IncomingMessage } from 'node:http'
import type { CitizenDoorPlan, RoutePlan } from '../template/plan.ts'
import type { Lambda, Outcome } from '../worker/lambda.ts'
import { MAX_EVENT_BYTES, readBody } from './body.ts'
import { type CitizenApi, citizenEvent } from './citizen-event.ts'
import { pathTree } from './paths.ts'
import { citizenReply, type GatewayReply, gatewayMessage } from './reply.ts'
import { type Bucket, bucketOf, shareOf } from './throttle.ts'

interface Route {
  readonly key: string
  readonly lambda: Lambda
  readonly timeoutMs: number
  readonly bucket: Bucket | undefined
}

export interface Arrival {
  readonly message: IncomingMessage
  readonly path: string
  readonly query: string
  readonly requestId: string
  readonly now: number
}

export type CitizenDoor = (arrival: Arrival) => Promise<GatewayReply>

const notFound = gatewayMessage(404, 'Not Found')
const tooMany = gatewayMessage(429, 'Too Many Requests')
const tooLarge = gatewayMessage(413, 'Request Entity Too Large')
const broken = gatewayMessage(500, 'Internal Server Error')
const unavailable = gatewayMessage(503, 'Service Unavailable')

export const citizenDoorOf = (
  plan: CitizenDoorPlan,
  api: CitizenApi,
  lambdas: ReadonlyMap<string, Lambda>,
  workers: number,
): CitizenDoor => {
  const tree = pathTree<Route>()
  let fallback: Route | undefined
  for (const declared of plan.routes) {
    const route = routeOf(declared, lambdas, workers)
    if (declared.key === '$default') fallback = route
    else {
      const [method = 'ANY', path = '/'] = declared.key.split(' ')
      tree.add(method, path, route)
    }
  }
  const all = plan.throttle && bucketOf(shareOf(plan.throttle, workers))
  return async (arrival) => {
    const { message } = arrival
    const method = message.method ?? 'GET'
    const found = tree.find(method, arrival.path)
    const route = found?.target ?? fallback
    if (!route) return notFound
    if (!(route.bucket ?? all)?.take(arrival.now) && (route.bucket ?? all)) return tooMany
    const read = readBody(message)
    const body = read instanceof Promise ? await read : read
    if (!body.ok || (body.body && body.body.length > MAX_EVENT_BYTES)) return tooLarge
    const request = {
      method,
      path: arrival.path,
      query: arrival.query,
      headers: message.headers,
      body: body.body,
      sourceIp: message.socket.remoteAddress ?? '',
      protocol: `HTTP/${message.httpVersion}`,
    }
    const event = citizenEvent(api, route.key, request, found?.parameters, arrival.requestId, arrival.now)
    return answer(await inTime(route, event))
  }
}

const routeOf = (declared: RoutePlan, lambdas: ReadonlyMap<string, Lambda>, workers: number): Route => {
  const lambda = lambdas.get(declared.functionId)
  if (!lambda) throw new Error(`no function ${declared.functionId} for ${declared.key}`)
  return {
    key: declared.key,
    lambda,
    timeoutMs: declared.timeoutMs,
    bucket: declared.throttle && bucketOf(shareOf(declared.throttle, workers)),
  }
}

/** The gateway's own patience counts only where the function's is longer. */
const inTime = (route: Route, event: object): Promise<Outcome | 'too slow'> => {
  const outcome = route.lambda.invoke(event)
  return route.lambda.plan.timeoutMs <= route.timeoutMs ? outcome : withPatience(outcome, route.timeoutMs)
}

export const withPatience = <Value>(work: Promise<Value>, patienceMs: number): Promise<Value | 'too slow'> =>
  new Promise((done, failed) => {
    const timer = setTimeout(() => done('too slow'), patienceMs)
    work.then(done, failed).finally(() => clearTimeout(timer))
  })

const answer = (outcome: Outcome | 'too slow'): GatewayReply => {
  if (outcome === 'too slow') return unavailable
  if (outcome.ok) return citizenReply(outcome.value) ?? broken
  return outcome.why === 'throttled' ? unavailable : broken
}
