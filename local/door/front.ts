// Where a request enters: which door it belongs to. The hot path of the whole stage: no framework, no second look at the path.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AgencyDoor } from './agency-door.ts'
import { addForwardedFor, asForwarded, type Cdn } from './cdn.ts'
import type { Arrival, CitizenDoor } from './citizen-door.ts'
import { fromBucket } from './from-bucket.ts'
import { type GatewayReply, gatewayMessage } from './reply.ts'
import type { ViewerFunction } from './viewer-function.ts'

export interface Front {
  readonly citizenDoor: CitizenDoor | undefined
  readonly agencyDoor: AgencyDoor | undefined
  readonly cdn: Cdn | undefined
  readonly s3: string
  /** Pages of the stage itself, under /_local/. */
  local(arrival: Arrival): Promise<GatewayReply>
  /** Shown at / until there is a site. */
  readonly welcome: string
  trouble(thrown: unknown): void
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void

const nothing = gatewayMessage(404, 'Not Found')
const methodRefused: GatewayReply = {
  status: 403,
  headers: ['content-type', 'text/plain'],
  body: 'The distribution does not take this method here.\n',
}
const broken = gatewayMessage(500, 'Internal Server Error')

export const listenerOf = (front: Front, way: 'through the CDN' | 'direct'): Listener => {
  const find = way === 'direct' ? direct : throughCdn
  return (request, response) => {
    const arrival = arrivalOf(request)
    find(front, arrival)
      .then((reply) => send(response, reply, arrival.requestId))
      // Also an answer whose headers cannot be sent: that must not end the worker.
      .catch((thrown: unknown) => {
        front.trouble(thrown)
        if (!response.headersSent) send(response, broken, arrival.requestId)
      })
  }
}

const arrivalOf = (message: IncomingMessage): Arrival => {
  const url = message.url ?? '/'
  const mark = url.indexOf('?')
  return {
    message,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    requestId: randomUUID(),
    now: Date.now(),
  }
}

const firstSegment = (path: string): string => {
  const end = path.indexOf('/', 1)
  return end < 0 ? path.slice(1) : path.slice(1, end)
}

const throughCdn = (front: Front, viewed: Arrival): Promise<GatewayReply> => {
  const first = firstSegment(viewed.path)
  if (first === '_local') return front.local(viewed)
  if (front.agencyDoor?.roots.has(first)) return front.agencyDoor.answer(viewed)
  const behaviour = front.cdn?.behaviourFor(viewed.path)
  const arrival = behaviour?.view ? asViewed(viewed, behaviour.view) : viewed
  if (behaviour && !behaviour.plan.methods.includes(arrival.message.method ?? 'GET'))
    return Promise.resolve(methodRefused)
  if (behaviour?.plan.to === 'bucket' && behaviour.plan.bucket !== undefined) {
    return fromSite(front, arrival, behaviour.plan.bucket, behaviour.plan.originPath)
  }
  if (behaviour) asForwarded(arrival.message, behaviour)
  else addForwardedFor(arrival.message)
  return front.citizenDoor ? front.citizenDoor(arrival) : Promise.resolve(nothing)
}

const asViewed = (arrival: Arrival, view: ViewerFunction): Arrival => ({
  ...arrival,
  path: view({ uri: arrival.path, headers: arrival.message.headers }),
})

const direct = (front: Front, arrival: Arrival): Promise<GatewayReply> => {
  if (front.agencyDoor?.roots.has(firstSegment(arrival.path))) return front.agencyDoor.answer(arrival)
  addForwardedFor(arrival.message)
  return front.citizenDoor ? front.citizenDoor(arrival) : Promise.resolve(nothing)
}

const fromSite = async (front: Front, arrival: Arrival, bucket: string, originPath: string): Promise<GatewayReply> => {
  const isRoot = arrival.path === '/'
  const path = isRoot ? `/${front.cdn?.rootObject ?? 'index.html'}` : arrival.path
  const reply = await fromBucket(front.s3, bucket, `${originPath}${path}`)
  return isRoot && reply.status === 404
    ? { status: 200, headers: ['content-type', 'text/html; charset=utf-8'], body: front.welcome }
    : reply
}

const send = (response: ServerResponse, reply: GatewayReply, requestId: string): void => {
  const length = typeof reply.body === 'string' ? Buffer.byteLength(reply.body) : reply.body.length
  const headers = reply.headers.concat('apigw-requestid', requestId)
  if (reply.status !== 204 && reply.status !== 304) headers.push('content-length', String(length))
  response.writeHead(reply.status, headers)
  response.end(reply.body)
}
