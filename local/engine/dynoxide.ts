// The record engine as a child process on a free port, its file in DATA_DIR. An engine whose stage was killed is found by its
// pid file at the next start and ended, but only when the process is really that engine on that file.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { commandLineOf, isAlive } from '../process/identity.ts'
import { freePort } from '../process/ports.ts'
import { Sentence } from '../sentence.ts'

const START_PATIENCE_MS = 15_000
const STOP_PATIENCE_MS = 3_000
const STEP_MS = 20

export interface Engine {
  readonly endpoint: string
  readonly pid: number | undefined
  stop(): Promise<void>
}

export const startDynoxide = async (binary: string, dataDir: string, died: (why: string) => void): Promise<Engine> => {
  const file = join(dataDir, 'records.db')
  const pidFile = join(dataDir, 'dynoxide.pid')
  await endOrphan(pidFile, file)
  const port = await freePort()
  const child = spawn(binary, ['--host', '127.0.0.1', '--port', String(port), '--db-path', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A Ctrl-C reaches the whole process group; the stage stops its engine last.
    detached: process.platform !== 'win32',
  })
  let said = ''
  let stopping = false
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000)
  })
  const gone = new Promise<void>((done) => {
    child.on('error', () => done())
    child.on('exit', (code, signal) => {
      done()
      if (!stopping) died(`The record engine ended by itself (${signal ?? code}). ${said.trim()}`)
    })
  })
  if (child.pid === undefined) throw new Sentence(`The record engine ${binary} cannot be started.`)
  writeFileSync(pidFile, String(child.pid))
  // However the stage ends, short of a kill, its engine ends before it.
  process.on('exit', () => child.kill('SIGKILL'))
  await untilAnswering(`http://127.0.0.1:${port}`, child.pid, () => said)
  return {
    endpoint: `http://127.0.0.1:${port}`,
    pid: child.pid,
    stop: async () => {
      stopping = true
      child.kill('SIGTERM')
      const outcome = await Promise.race([gone, pause(STOP_PATIENCE_MS, 'still there', { ref: false })])
      if (outcome === 'still there') child.kill('SIGKILL')
      rmSync(pidFile, { force: true })
    },
  }
}

const untilAnswering = async (endpoint: string, pid: number, said: () => string): Promise<void> => {
  for (let waited = 0; waited < START_PATIENCE_MS; waited += STEP_MS) {
    if (!isAlive(pid)) break
    const answer = await fetch(endpoint).catch(() => undefined)
    if (answer) {
      await answer.arrayBuffer()
      return
    }
    await pause(STEP_MS)
  }
  throw new Sentence(`The record engine does not start. ${said().trim()}`)
}

const endOrphan = async (pidFile: string, file: string): Promise<void> => {
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8'))
  const isOurs = () => {
    const line = Number.isInteger(pid) && pid > 1 ? commandLineOf(pid) : undefined
    return line?.includes('dynoxide') === true && line.includes(file)
  }
  if (isOurs()) process.kill(pid, 'SIGTERM')
  for (let waited = 0; waited < STOP_PATIENCE_MS && isOurs(); waited += STEP_MS) await pause(STEP_MS)
  if (isOurs()) process.kill(pid, 'SIGKILL')
  rmSync(pidFile, { force: true })
}
