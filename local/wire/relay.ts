// One request through the wire: who calls, may they, what fault, what did it cost.
import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { RecordFaults } from '../chaos/record-faults.ts'
import { type Asked, isAllowed } from '../permissions.ts'
import { type Fields, fieldsOf } from '../template/json.ts'
import type { Plan } from '../template/plan.ts'
import type { CallRecord } from './call-record.ts'
import { unitsOf } from './call-record.ts'
import { callerOf, callsOf, type Service } from './calls-of.ts'
import { denial } from './denials.ts'

const MAX_BODY_BYTES = 20_000_000

export interface Relay {
  readonly service: Service
  readonly target: URL
  readonly agent: Agent
  readonly plan: Plan
  /** With --permissions. */
  readonly record: CallRecord | undefined
  readonly faults: RecordFaults | undefined
}

export const newAgent = (): Agent => new Agent({ keepAlive: true, maxSockets: 512 })

interface Reply {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export const relay = async (through: Relay, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const startedAt = performance.now()
  const raw = await collect(request)
  const target = String(request.headers['x-amz-target'] ?? '')
  const operation = target.split('.').at(-1) || String(request.method)
  const text = through.service === 's3' ? '' : raw.toString('utf8')
  const body = text === '' ? {} : fieldsOf(JSON.parse(text))
  const path = new URL(request.url ?? '/', 'http://local').pathname
  const key = callerOf(request.headers.authorization)
  const caller = through.plan.functions.find((each) => each.id === key)?.name ?? key
  const asked = callsOf({ service: through.service, method: request.method ?? 'GET', path, target, body }, through.plan)
  const refused = through.record && deniedAmong(through.plan, key, asked)
  const reply = refused
    ? denied(through.service, caller, refused)
    : await answered(through, request, operation, body, text, raw)
  through.record?.add({
    at: Date.now(),
    function: caller,
    operation,
    actions: asked.map(({ action, resource }) => [action, resource] as const),
    allowed: refused === undefined,
    status: reply.status,
    ms: Math.round((performance.now() - startedAt) * 100) / 100,
    ...(through.service === 'dynamodb' && reply.status < 500 ? unitsOf(operation, parsed(reply.body)) : {}),
  })
  response.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length })
  response.end(request.method === 'HEAD' ? undefined : reply.body)
}

const deniedAmong = (plan: Plan, functionId: string, asked: readonly Asked[]): Asked | undefined => {
  const grants = plan.grants[functionId] ?? []
  return asked.find((each) => !isAllowed(grants, each))
}

const denied = (service: Service, caller: string, asked: Asked): Reply => {
  const { status, type, body } = denial(service, caller, asked.action, asked.resource)
  return { status, headers: { 'content-type': type }, body: Buffer.from(body) }
}

const answered = async (
  through: Relay,
  request: IncomingMessage,
  operation: string,
  body: Fields,
  text: string,
  raw: Buffer,
): Promise<Reply> => {
  const { faults } = through
  const instead = faults?.before(operation, body, text)
  if (instead)
    return {
      status: instead.status,
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: Buffer.from(instead.body),
    }
  const delayMs = faults?.delayMs() ?? 0
  if (delayMs > 0) await pause(delayMs)
  const asksCapacity = through.service === 'dynamodb' && through.record && !('ReturnConsumedCapacity' in body)
  const sent = asksCapacity ? Buffer.from(JSON.stringify({ ...body, ReturnConsumedCapacity: 'TOTAL' })) : raw
  const reply = await forward(through, request, sent)
  if (!faults || reply.status !== 200) return reply
  return { ...reply, body: Buffer.from(faults.after(operation, body, text, reply.body.toString('utf8'), Date.now())) }
}

const collect = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new Error('a request larger than the wire carries')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const forward = (through: Relay, request: IncomingMessage, body: Buffer): Promise<Reply> =>
  new Promise((done, failed) => {
    const {
      host: _host,
      connection: _connection,
      'transfer-encoding': _encoding,
      'x-amz-crc32': _sum,
      ...headers
    } = request.headers
    const options = {
      agent: through.agent,
      host: through.target.hostname,
      port: through.target.port,
      method: request.method,
      path: request.url,
      headers: { ...headers, host: through.target.host, 'content-length': body.length },
    }
    const sent = httpRequest(options, (reply) => {
      const {
        connection: _line,
        'keep-alive': _alive,
        'transfer-encoding': _framing,
        'x-amz-crc32': _check,
        ...kept
      } = reply.headers
      collect(reply).then((whole) => done({ status: reply.statusCode ?? 502, headers: kept, body: whole }), failed)
    })
    sent.on('error', failed)
    sent.end(body)
  })

const parsed = (body: Buffer): Fields => {
  try {
    return fieldsOf(JSON.parse(body.toString('utf8')))
  } catch {
    return {}
  }
}
