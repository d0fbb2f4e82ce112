// One worker: both front doors and all functions in one process, so that a request never leaves it on its way to a handler.
import cluster from 'node:cluster'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { BRIEF_VARIABLE, readBrief } from '../brief.ts'
import { agencyDoorOf } from '../door/agency-door.ts'
import { cdnOf } from '../door/cdn.ts'
import { citizenDoorOf } from '../door/citizen-door.ts'
import { type Front, listenerOf } from '../door/front.ts'
import { welcomePage } from '../door/welcome.ts'
import { codeOf, messageOf } from '../sentence.ts'
import { environmentOf } from './environment.ts'
import { functionLogs } from './function-log.ts'
import { type Lambda, lambdaOf } from './lambda.ts'
import { localPages } from './local-pages.ts'
import { primaryLine } from './primary-line.ts'
import { installSandboxes } from './sandbox.ts'

const STOP_PATIENCE_MS = 3_000

const number = cluster.worker?.id ?? 0
const brief = readBrief(process.env[BRIEF_VARIABLE] ?? '')
const { plan } = brief
const logs = functionLogs(join(brief.dataDir, 'logs'), String(((number - 1) % brief.workers) + 1))
const own = logs.open('worker')
installSandboxes()

/** A share of the reserved concurrency; a worker always has room for one. */
const concurrencyOf = (reserved: number | undefined): number =>
  reserved === undefined
    ? Number.POSITIVE_INFINITY
    : reserved === 0
      ? 0
      : Math.max(1, Math.floor(reserved / brief.workers))

const lambdas: ReadonlyMap<string, Lambda> = new Map(
  plan.functions.map((each) => {
    const environment = environmentOf(each, plan.region, brief.endpoints, number)
    const concurrency = concurrencyOf(each.reservedConcurrency)
    return [each.id, lambdaOf(each, { region: plan.region, environment, concurrency, log: logs.open(each.name) })]
  }),
)

const line = primaryLine(lambdas)
const api = { account: plan.account, region: plan.region }
const front: Front = {
  citizenDoor:
    plan.citizenDoor && citizenDoorOf(plan.citizenDoor, { ...api, ...plan.citizenDoor }, lambdas, brief.workers),
  agencyDoor:
    plan.agencyDoor &&
    agencyDoorOf(plan.agencyDoor, { ...api, ...plan.agencyDoor }, lambdas, brief.agencyKeys, line.admit),
  cdn: plan.cdn && cdnOf(plan.cdn),
  s3: brief.documents,
  local: localPages(brief, line),
  welcome: welcomePage(brief),
  trouble: (thrown) => own.line(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)),
}

const listen = (server: Server, port: number, host: string): Promise<Server | undefined> =>
  new Promise((done, failed) => {
    server.on('error', (thrown) => {
      // A machine without IPv6 has no ::1.
      if (host === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(codeOf(thrown) ?? '')) done(undefined)
      else failed(thrown)
    })
    server.listen({ port, host }, () => done(server))
  })

const options = { keepAliveTimeout: 75_000, requestTimeout: 60_000 }
const door = () => createServer(options, listenerOf(front, 'through the CDN'))
const origin = () => createServer(options, listenerOf(front, 'direct'))

const stop = async (servers: readonly (Server | undefined)[]): Promise<never> => {
  setTimeout(() => process.exit(0), STOP_PATIENCE_MS).unref()
  const closed = servers.map((server) => new Promise((done) => (server ? server.close(done) : done(undefined))))
  for (const server of servers) server?.closeIdleConnections()
  await Promise.all(closed)
  logs.flush()
  process.exit(0)
}

const endWithPrimary = (): never => {
  logs.flush()
  // The primary was killed: nobody else ends the engine.
  if (brief.enginePid !== undefined) {
    try {
      process.kill(brief.enginePid, 'SIGTERM')
    } catch {
      // Another worker was first.
    }
  }
  process.exit(1)
}

// Ctrl-C reaches every process of the terminal; the primary says when to stop.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
process.on('exit', () => logs.flush())
let stopping = false
cluster.worker?.on('disconnect', () => {
  if (!stopping) endWithPrimary()
})

try {
  const servers = await Promise.all([
    listen(door(), brief.port, '127.0.0.1'),
    listen(door(), brief.port, '::1'),
    listen(origin(), brief.directPort, '127.0.0.1'),
  ])
  line.onStop(() => {
    stopping = true
    void stop(servers)
  })
  line.say({ kind: 'ready' })
} catch (thrown) {
  line.say({ kind: 'failed', sentence: `A worker cannot listen on port ${brief.port}: ${messageOf(thrown)}.` })
}
