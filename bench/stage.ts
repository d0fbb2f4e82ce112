// A stage for the bench: on a free port, its files in a folder that is given or made and removed afterwards.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

const READY = /^Ready in /m
const START_PATIENCE_MS = 180_000
const STOP_PATIENCE_MS = 10_000

const State = z.object({
  origin: z.string(),
  dynamodb: z.string(),
  region: z.string(),
  pids: z.object({ primary: z.int(), workers: z.array(z.int()), engine: z.int().nullable() }),
  tables: z.array(z.string()),
})
const Brief = z.object({
  plan: z.object({ functions: z.array(z.object({ name: z.string(), directory: z.string() })) }),
})

export interface Stage extends z.infer<typeof State> {
  readonly dataDir: string
  /** Where the code of each function lies, by the function's name. */
  readonly functions: readonly { readonly name: string; readonly directory: string }[]
  readonly readyAfterMs: number
  stop(): Promise<void>
}

export interface StageWish {
  readonly workers: number
  /** Another tree than the one that the bench belongs to. */
  readonly root?: string
  /** Whoever gives it removes it. */
  readonly dataDir?: string
  readonly arguments?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export const startStage = async (wish: StageWish): Promise<Stage> => {
  const startedAt = performance.now()
  const dataDir = wish.dataDir ?? mkdtempSync(join(tmpdir(), 'tongquan-bench-'))
  const child = launch(wish, dataDir)
  const stop = async (): Promise<void> => {
    await end(child)
    if (wish.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await untilReady(child)
    const readyAfterMs = performance.now() - startedAt
    const state = State.parse(readJson(join(dataDir, 'stage.json')))
    const { functions } = Brief.parse(readJson(join(dataDir, 'brief.json'))).plan
    return { ...state, dataDir, functions, readyAfterMs, stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

/** What `npm start` runs. */
const launch = (wish: StageWish, dataDir: string): ChildProcess => {
  const tree = wish.root ?? root
  const words = [join(tree, 'scripts', 'installed.mjs'), 'local/start.ts', ...(wish.arguments ?? [])]
  const settings = { PORT: '0', DATA_DIR: dataDir, WORKERS: String(wish.workers), DYNAMODB_ENDPOINT: '' }
  const env = { ...process.env, ...settings, ...wish.environment }
  return spawn(process.execPath, words, { cwd: tree, env, stdio: ['ignore', 'pipe', 'pipe'] })
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS)
  await ended
  clearTimeout(late)
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

const untilReady = (child: ChildProcess): Promise<void> =>
  new Promise((done, failed) => {
    let said = ''
    const late = setTimeout(() => failed(new Error(`the stage was not ready in time:\n${said}`)), START_PATIENCE_MS)
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      if (!READY.test(said)) return
      clearTimeout(late)
      done()
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.on('exit', (code) => {
      clearTimeout(late)
      failed(new Error(`the stage ended (${code}):\n${said}`))
    })
  })
