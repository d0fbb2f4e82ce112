// A stage for the bench: fresh, on a free port, in a folder of its own that is removed afterwards.
import { spawn } from 'node:child_process'
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
  stop(): Promise<void>
}

export interface StageWish {
  readonly workers: number
  readonly arguments?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export const startStage = async (wish: StageWish): Promise<Stage> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongquan-bench-'))
  const environment = { ...process.env, PORT: '0', DATA_DIR: dataDir, WORKERS: String(wish.workers), ...wish.environment }
  const words = [join(root, 'local', 'start.ts'), ...(wish.arguments ?? [])]
  const child = spawn(process.execPath, words, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<void>((done) => child.on('exit', () => done()))
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS)
    await ended
    clearTimeout(late)
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    await untilReady(child)
    const state = State.parse(readJson(join(dataDir, 'stage.json')))
    return { ...state, dataDir, functions: Brief.parse(readJson(join(dataDir, 'brief.json'))).plan.functions, stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

const untilReady = (child: ReturnType<typeof spawn>): Promise<void> =>
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
