// Schedules as timers on whole minutes. A run that fails is tried again after one and then two minutes, as Lambda does with
// asynchronous events, and what is given up is told to the function's failure queue.
import { randomUUID } from 'node:crypto'
import type { Fields } from '../template/json.ts'
import type { FunctionPlan, SchedulePlan } from '../template/plan.ts'
import type { Outcome } from '../worker/lambda.ts'
import { parseExpression } from './expression.ts'

const MINUTE_MS = 60_000

export interface Timetable {
  /** Now, whatever the time; the answer of the first try. */
  run(scheduleId: string): Promise<Outcome | undefined>
  stop(): void
}

export interface TimetableSetting {
  readonly schedules: readonly SchedulePlan[]
  readonly functions: readonly FunctionPlan[]
  readonly account: string
  readonly region: string
  now(): number
  invoke(lambda: FunctionPlan, event: unknown): Promise<Outcome>
  /** Tells the failure queue of the function. */
  missed(queueUrl: string, body: string): Promise<unknown>
  trouble(thrown: unknown): void
}

export const startTimetable = (setting: TimetableSetting): Timetable => {
  const timers = new Set<NodeJS.Timeout>()
  const after = (delayMs: number, task: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      task()
    }, delayMs)
    timers.add(timer)
  }
  const lambdaOf = (schedule: SchedulePlan) => setting.functions.find((each) => each.id === schedule.functionId)

  const attempt = async (
    schedule: SchedulePlan,
    lambda: FunctionPlan,
    event: unknown,
    retries: number,
  ): Promise<Outcome> => {
    const outcome = await setting.invoke(lambda, event)
    if (outcome.ok) return outcome
    if (retries < lambda.maxRetries) {
      after((retries + 1) * MINUTE_MS, () => void attempt(schedule, lambda, event, retries + 1).catch(setting.trouble))
    } else if (lambda.missedUrl !== undefined) {
      await setting.missed(lambda.missedUrl, missedBody(lambda, event, outcome, retries + 1))
    }
    return outcome
  }
  const run = async (schedule: SchedulePlan): Promise<Outcome | undefined> => {
    const lambda = lambdaOf(schedule)
    return lambda && attempt(schedule, lambda, eventOf(schedule, setting), 0)
  }
  const tick = (minute: number) => {
    for (const schedule of setting.schedules) {
      if (parseExpression(schedule.expression)?.isAt(minute)) run(schedule).catch(setting.trouble)
    }
    next()
  }
  const next = () => {
    const now = setting.now()
    const minute = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS
    after(minute - now, () => tick(minute))
  }
  next()
  return {
    run: async (scheduleId) => {
      const schedule = setting.schedules.find((each) => each.id === scheduleId || lambdaOf(each)?.name === scheduleId)
      return schedule && run(schedule)
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

const eventOf = (schedule: SchedulePlan, setting: TimetableSetting): Fields => {
  if (schedule.input !== undefined) return JSON.parse(schedule.input)
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: schedule.source,
    account: setting.account,
    time: new Date(setting.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: setting.region,
    resources: [schedule.arn],
    detail: schedule.source === 'aws.events' ? {} : '{}',
  }
}

const missedBody = (lambda: FunctionPlan, event: unknown, outcome: Outcome, invocations: number): string =>
  JSON.stringify({
    version: '1.0',
    requestContext: {
      functionArn: `${lambda.arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: invocations,
    },
    requestPayload: event,
    responsePayload: outcome.ok ? outcome.value : outcome.failure,
  })
