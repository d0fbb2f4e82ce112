// The whole city on one machine for a test file: the very command that people start, on a free port, in a folder of its
// own, with the permissions of the template enforced.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { clientOf } from '../../shared/client/client.ts'
import { root } from '../house/tree.ts'

const State = z.looseObject({
  origin: z.string(),
  direct: z.string(),
  agencyKeys: z.array(z.looseObject({ value: z.string() })),
  pids: z.looseObject({ primary: z.int(), workers: z.array(z.int()), engine: z.int().nullable() }),
})
export type State = z.infer<typeof State>

export interface CityStage {
  readonly dataDir: string
  readonly origin: string
  readonly state: () => State
  readonly token: (who: 'citizen' | 'operator', query?: string) => Promise<string>
  readonly agencyKey: string
  readonly output: () => string
  readonly process: ChildProcess
  stop(): Promise<number | null>
}

interface Wishes {
  readonly assembly: string
  readonly dataDir?: string
  readonly args?: readonly string[]
  readonly workers?: number
}

const READY = /^Ready in .*$/m
const START_PATIENCE_MS = 60_000

const exitOf = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', (code) => resolve(code)))

const untilReady = (child: ChildProcess, output: () => string): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time:\n${output()}`)), START_PATIENCE_MS)
    const settle = (act: () => void) => {
      clearTimeout(timer)
      act()
    }
    child.stdout?.on('data', () => {
      if (READY.test(output())) settle(resolve)
    })
    child.once('exit', (code) => settle(() => reject(new Error(`ended with ${code}:\n${output()}`))))
  })

export const startCityStage = async ({ assembly, args = [], workers = 2, ...wishes }: Wishes): Promise<CityStage> => {
  const dataDir = wishes.dataDir ?? mkdtempSync(join(tmpdir(), 'tongquan-stage-'))
  const child = spawn(process.execPath, ['local/start.ts', '--assembly', join(assembly, 'assembly-local'), ...args], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, WORKERS: String(workers), NODE_ENV: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let heard = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      heard += text
    })
  }
  await untilReady(child, () => heard)
  const state = () => State.parse(JSON.parse(readFileSync(join(dataDir, 'stage.json'), 'utf8')))
  const { origin } = state()
  return {
    dataDir,
    origin,
    state,
    token: async (who, query = '') => (await fetch(`${origin}/_local/tokens/${who}?${query}`)).text(),
    agencyKey: state().agencyKeys[0]?.value ?? '',
    output: () => heard,
    process: child,
    stop: async () => {
      child.kill('SIGINT')
      const code = await exitOf(child)
      if (wishes.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
      return code
    },
  }
}

/** The typed client with a token, an API key, or nothing. */
export const callerAt = (stage: CityStage, headers: Readonly<Record<string, string>> = {}) =>
  clientOf({ origin: stage.origin, headers: { 'accept-language': 'en' }, credentials: () => headers })
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
