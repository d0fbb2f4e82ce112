// The workers: forked one per core, forked again when one dies, and reached for events that come from no front door.
import cluster, { type Worker } from 'node:cluster'
import { fileURLToPath } from 'node:url'
import { BRIEF_VARIABLE } from './brief.ts'
import { Sentence } from './sentence.ts'
import type { FunctionPlan } from './template/plan.ts'
import type { Outcome } from './worker/lambda.ts'
import type { ToPrimary, ToWorker } from './worker/messages.ts'

const STOP_PATIENCE_MS = 4_000
/** A worker that dies sooner than this after its start would be forked for ever. */
const MIN_LIFE_MS = 1_000
const MAX_EARLY_DEATHS = 5
const LOST: Outcome = {
  ok: false,
  why: 'error',
  failure: { errorType: 'Runtime.Unknown', errorMessage: 'The worker died.', trace: [] },
}
const THROTTLED: Outcome = {
  ok: false,
  why: 'throttled',
  failure: { errorType: 'TooManyRequestsException', errorMessage: 'Rate Exceeded.', trace: [] },
}

export interface Crew {
  /** Counts reserved concurrency for all workers together. */
  invoke(lambda: FunctionPlan, event: unknown): Promise<Outcome>
  /** As a crash would: the worker has no time to end well. */
  crashOne(index: number): void
  stop(): Promise<void>
}

export interface CrewSetting {
  readonly count: number
  readonly briefFile: string
  readonly nodeOptions: readonly string[]
  hear(message: ToPrimary, answer: (message: ToWorker) => void): void
  died(why: string): void
  /** A worker is ready: the first time, or in the place of one that died. */
  changed(pids: readonly number[]): void
}

interface Pending {
  readonly worker: Worker
  readonly done: (outcome: Outcome) => void
}

export const startCrew = async (setting: CrewSetting): Promise<Crew> => {
  cluster.setupPrimary({
    exec: fileURLToPath(new URL('worker/main.ts', import.meta.url)),
    execArgv: [...setting.nodeOptions],
    args: [],
    silent: false,
  })
  cluster.schedulingPolicy = cluster.SCHED_RR
  const pending = new Map<number, Pending>()
  const busy = new Map<string, number>()
  const workers: Worker[] = []
  const serving = new WeakSet<Worker>()
  let last = 0
  let turn = 0
  let stopping = false
  let earlyDeaths = 0

  const fork = (index: number): Promise<void> =>
    new Promise((ready, failed) => {
      const startedAt = performance.now()
      const worker = cluster.fork({ [BRIEF_VARIABLE]: setting.briefFile, TZ: 'UTC' })
      workers[index] = worker
      worker.on('message', (message: ToPrimary) => {
        if (message.kind === 'ready') {
          serving.add(worker)
          if (workers.every((each) => serving.has(each))) setting.changed(pidsOf(workers))
          ready()
        } else if (message.kind === 'failed') failed(new Sentence(message.sentence))
        else if (message.kind === 'answer') settle(message.id, message.outcome)
        else setting.hear(message, (answer) => void (worker.isConnected() && worker.send(answer)))
      })
      worker.on('error', () => undefined)
      worker.on('exit', (code, signal) => {
        for (const [id, each] of pending) if (each.worker === worker) settle(id, LOST)
        failed(new Sentence(`A worker ended while it started (${signal ?? code}).`))
        if (stopping) return
        earlyDeaths = performance.now() - startedAt < MIN_LIFE_MS ? earlyDeaths + 1 : 0
        if (earlyDeaths > MAX_EARLY_DEATHS) setting.died(`The workers end as soon as they start (${signal ?? code}).`)
        else fork(index).catch(() => undefined)
      })
    })

  const settle = (id: number, outcome: Outcome) => {
    pending.get(id)?.done(outcome)
    pending.delete(id)
  }

  const pick = (): Worker | undefined => {
    for (let tried = 0; tried < workers.length; tried += 1) {
      turn += 1
      const worker = workers[turn % workers.length]
      if (worker?.isConnected() && serving.has(worker)) return worker
    }
    return undefined
  }

  const send = (lambda: FunctionPlan, event: unknown): Promise<Outcome> => {
    const worker = pick()
    if (!worker) return Promise.resolve(LOST)
    last += 1
    const id = last
    const message: ToWorker = { kind: 'invoke', id, functionId: lambda.id, event }
    return new Promise((done) => {
      pending.set(id, { worker, done })
      worker.send(message, (thrown) => thrown && settle(id, LOST))
    })
  }

  await Promise.all(Array.from({ length: setting.count }, (_, index) => fork(index)))
  return {
    invoke: async (lambda, event) => {
      const running = busy.get(lambda.id) ?? 0
      if (lambda.reservedConcurrency !== undefined && running >= lambda.reservedConcurrency) return THROTTLED
      busy.set(lambda.id, running + 1)
      try {
        return await send(lambda, event)
      } finally {
        busy.set(lambda.id, (busy.get(lambda.id) ?? 1) - 1)
      }
    },
    crashOne: (index) => void workers[index % workers.length]?.process.kill('SIGKILL'),
    stop: async () => {
      stopping = true
      await Promise.all(workers.map(ended))
    },
  }
}

const pidsOf = (workers: readonly Worker[]): readonly number[] => workers.flatMap((worker) => worker.process.pid ?? [])

const ended = (worker: Worker): Promise<void> =>
  new Promise((done) => {
    if (worker.isDead()) return done()
    const late = setTimeout(() => worker.process.kill('SIGKILL'), STOP_PATIENCE_MS)
    worker.on('exit', () => {
      clearTimeout(late)
      done()
    })
    const message: ToWorker = { kind: 'stop' }
    if (worker.isConnected()) worker.send(message)
    else worker.process.kill('SIGKILL')
  })
