// Starts the load generator and waits for what it brought.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Say } from '../say.ts'
import type { GeneratorReport, Job, Outcome } from './jobs.ts'

export interface Following {
  readonly say: Say
  /** Called when everything is prepared and the storm begins. */
  begun?(): void
}

export const generate = (job: Job, { say, begun }: Following): Promise<Outcome> =>
  new Promise((done, failed) => {
    const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), {
      execArgv: [],
      env: withoutOptions(process.env),
    })
    child.on('message', (report: GeneratorReport) => {
      if (report.kind === 'progress') say.progress(report.what, report.done, report.total)
      else if (report.kind === 'begun') begun?.()
      else if (report.kind === 'ended') done(report.outcome)
      else failed(new Error(report.why))
    })
    child.on('error', failed)
    child.on('exit', (code) => failed(new Error(`the load generator ended (${code})`)))
    child.send(job)
  })

/** Whatever the stage is watched with, the generator is not. */
const withoutOptions = ({ NODE_OPTIONS: _, ...environment }: NodeJS.ProcessEnv): NodeJS.ProcessEnv => environment
