// One central host under the same storm, in the same run.
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../local/process/ports.ts'
import { generate } from '../load/generate.ts'
import { IN_FLIGHT } from '../registration/throughput.ts'
import type { Findings } from '../rows.ts'
import type { Say } from '../say.ts'
import type { HostOrder } from './host.ts'
import { findPostgres, startPostgres } from './postgres.ts'

const WHAT = 'one central host (Fastify, PostgreSQL)'
const WARM_PEOPLE = 2_000

export const measureCentralHost = async (people: number, workers: number, say: Say): Promise<Findings> => {
  const binaries = findPostgres(process.env.PATH ?? '')
  if (binaries === undefined)
    return { rows: [], leftOut: [{ what: WHAT, why: 'this machine has no PostgreSQL server' }] }
  say.line(`${WHAT}: ${people.toLocaleString('en')} registrations, ${IN_FLIGHT} in flight`)
  const dataDir = mkdtempSync(join(tmpdir(), 'tongquan-bench-host-'))
  const postgres = await startPostgres(binaries)
  try {
    const port = await freePort()
    const host = await startHost({ socketFolder: postgres.socketFolder, dataDir, port, workers })
    const job = {
      kind: 'registration',
      dataDir,
      origin: `http://127.0.0.1:${port}`,
      campaignId: 'bench',
      pools: ['arts', 'sports'],
      inFlight: IN_FLIGHT,
    } as const
    await generate({ ...job, firstPerson: 0, people: WARM_PEOPLE }, { say })
    const { tally } = await generate({ ...job, firstPerson: WARM_PEOPLE, people }, { say }).finally(() => ended(host))
    const rate = (tally.statuses[201] ?? 0) / tally.seconds
    return {
      rows: [
        { what: `${WHAT}, while it is up`, value: rate, unit: '/s', budget: 'none' },
        { what: `${WHAT}, latency, mean`, value: tally.spread.meanMs, unit: 'ms', budget: 'none' },
      ],
      leftOut: [],
    }
  } finally {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const ended = (host: ChildProcess): Promise<void> =>
  new Promise((done) => {
    host.once('exit', () => done())
    host.disconnect()
  })

const startHost = (order: HostOrder): Promise<ChildProcess> =>
  new Promise((done, failed) => {
    const child = fork(fileURLToPath(new URL('host.ts', import.meta.url)), { execArgv: [] })
    child.once('message', () => done(child))
    child.once('error', failed)
    child.once('exit', (code) => failed(new Error(`the central host ended (${code})`)))
    child.send(order)
  })
