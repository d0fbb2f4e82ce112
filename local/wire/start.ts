// Starts the wire as a child process of the primary.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Endpoints } from '../brief.ts'
import { Sentence } from '../sentence.ts'
import type { WireBrief, WireReport } from './messages.ts'

const STOP_PATIENCE_MS = 1_500

export interface Wire {
  readonly endpoints: Endpoints
  /** Answers with how often each fault struck. */
  stop(): Promise<Readonly<Record<string, number>>>
}

export const startWire = (brief: WireBrief): Promise<Wire> =>
  new Promise((done, failed) => {
    const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), { execArgv: [] })
    child.on('error', failed)
    child.on('exit', (code) => failed(new Sentence(`The wire between functions and records ended (${code}).`)))
    const stop = (): Promise<Readonly<Record<string, number>>> =>
      new Promise((stopped) => {
        let last: Readonly<Record<string, number>> = {}
        const late = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS)
        child.on('message', (report: WireReport) => {
          if (report.kind === 'counts') last = report.counts
        })
        child.on('exit', () => {
          clearTimeout(late)
          stopped(last)
        })
        child.send('stop')
      })
    child.once('message', (report: WireReport) => {
      if (report.kind === 'open') done({ endpoints: report.endpoints, stop })
    })
    child.send(brief)
  })
