// A PostgreSQL server for a few minutes: found on the machine, its files in a temporary folder, reached by a socket there,
// with the durability that it comes with. It refuses to run as root, so root lends it to `nobody`.
import { execFile, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

const DEBIAN = '/usr/lib/postgresql'
const NOBODY = 65_534
const START_PATIENCE_MS = 20_000
const STEP_MS = 100

export interface Postgres {
  readonly socketFolder: string
  readonly pid: number
  stop(): Promise<void>
}

/** The folder with `initdb` and `postgres`, if this machine has one. */
export const findPostgres = (path: string): string | undefined => {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : []
  return [...path.split(delimiter), ...versions].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )
}

const isRoot = process.getuid?.() === 0
/** As whom to run it: ourselves, or nobody when we are root. */
const lent = (command: string, words: readonly string[]): readonly [string, string[]] =>
  isRoot
    ? ['setpriv', ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', command, ...words]]
    : [command, [...words]]

export const startPostgres = async (binaries: string): Promise<Postgres> => {
  const folder = mkdtempSync(join(tmpdir(), 'tongquan-bench-pg-'))
  chmodSync(folder, 0o700)
  if (isRoot) chownSync(folder, NOBODY, NOBODY)
  const data = join(folder, 'data')
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const options = { cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' } }
    await promisify(execFile)(
      ...lent(join(binaries, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8']),
      options,
    )
    const words = ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=100']
    const child = spawn(...lent(join(binaries, 'postgres'), words), { ...options, stdio: 'ignore' })
    const gone = new Promise<void>((done) => child.on('exit', () => done()))
    process.once('exit', () => child.kill('SIGQUIT'))
    const stop = async (): Promise<void> => {
      child.kill('SIGINT')
      await gone
      remove()
    }
    await untilAnswering(folder, gone).catch(async (thrown) => {
      await stop()
      throw thrown
    })
    return { socketFolder: folder, pid: child.pid ?? 0, stop }
  } catch (thrown) {
    remove()
    throw thrown
  }
}

const untilAnswering = async (host: string, gone: Promise<void>): Promise<void> => {
  let isGone = false
  void gone.then(() => {
    isGone = true
  })
  for (let waited = 0; waited < START_PATIENCE_MS && !isGone; waited += STEP_MS) {
    const client = new pg.Client({ host, user: 'bench', database: 'postgres' })
    const answered = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => undefined)
    if (answered) return
    await pause(STEP_MS)
  }
  throw new Error('PostgreSQL does not answer')
}
