// The worker's line to the primary process.
import type { Admit } from '../door/agency-door.ts'
import type { Lambda, Outcome } from './lambda.ts'
import type { ToPrimary, ToWorker, Verdict } from './messages.ts'

export interface PrimaryLine {
  say(message: ToPrimary): void
  readonly admit: Admit
  /** `undefined` when there is no such schedule. */
  runSchedule(scheduleId: string): Promise<Outcome | undefined>
  onStop(stop: () => void): void
}

export const primaryLine = (lambdas: ReadonlyMap<string, Lambda>): PrimaryLine => {
  const admissions = new Map<number, (verdict: Verdict) => void>()
  const runs = new Map<number, (outcome: Outcome | undefined) => void>()
  let last = 0
  let stop: () => void = () => undefined
  const say = (message: ToPrimary) => {
    if (process.connected) process.send?.(message)
  }
  const hear = (message: ToWorker): void => {
    switch (message.kind) {
      case 'invoke':
        void invoke(lambdas, message.functionId, message.event).then((outcome) =>
          say({ kind: 'answer', id: message.id, outcome }),
        )
        return
      case 'admitted':
        admissions.get(message.id)?.(message.verdict)
        admissions.delete(message.id)
        return
      case 'ran':
        runs.get(message.id)?.(message.outcome)
        runs.delete(message.id)
        return
      case 'stop':
        stop()
    }
  }
  process.on('message', hear)
  return {
    say,
    admit: (keyId) =>
      new Promise((done) => {
        last += 1
        admissions.set(last, done)
        say({ kind: 'admit', id: last, keyId })
      }),
    runSchedule: (scheduleId) =>
      new Promise((done) => {
        last += 1
        runs.set(last, done)
        say({ kind: 'run', id: last, scheduleId })
      }),
    onStop: (then) => {
      stop = then
    },
  }
}

const invoke = (lambdas: ReadonlyMap<string, Lambda>, functionId: string, event: unknown): Promise<Outcome> => {
  const lambda = lambdas.get(functionId)
  if (!lambda) throw new Error(`no function ${functionId}`)
  return lambda.invoke(event)
}
