// An engine as a child process on a free port, ended by its own id.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface EngineProcess {
  readonly endpoint: string
  stop(): Promise<void>
}

const START_PATIENCE_MS = 20_000
const STEP_MS = 25

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

export const startEngine = async (
  command: string,
  words: (port: number) => readonly string[],
): Promise<EngineProcess> => {
  const port = await freePort()
  const child = spawn(command, words(port), { stdio: 'ignore' })
  const endpoint = `http://127.0.0.1:${port}`
  await untilItAnswers(child, endpoint)
  return { endpoint, stop: () => endOf(child) }
}

const untilItAnswers = async (child: ChildProcess, endpoint: string): Promise<void> => {
  let failure: unknown
  child.once('error', (error) => {
    failure = error
  })
  for (let waitedMs = 0; waitedMs < START_PATIENCE_MS; waitedMs += STEP_MS) {
    if (failure !== undefined || child.exitCode !== null) break
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    )
    if (answered) return
    await pause(STEP_MS)
  }
  child.kill('SIGKILL')
  throw new Error(`the engine did not start: ${failure ?? child.exitCode}`)
}

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
