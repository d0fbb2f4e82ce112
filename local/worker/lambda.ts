// One function in this worker: cold start at its first event, warm afterwards, its Lambda time-out, a fresh start after one,
// and a refusal above its reserved concurrency.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isFields } from '../template/json.ts'
import type { FunctionPlan } from '../template/plan.ts'
import { type Freezer, freezer } from './frozen-timers.ts'
import type { FunctionLog } from './function-log.ts'
import { addressOf, enterSandbox, leaveSandbox } from './sandbox.ts'

export interface Failure {
  readonly errorType: string
  readonly errorMessage: string
  readonly trace: readonly string[]
}

export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: 'error' | 'timeout' | 'throttled'; readonly failure: Failure }

export interface Lambda {
  readonly plan: FunctionPlan
  invoke(event: unknown): Promise<Outcome>
}

type Handler = (event: unknown, context: object) => unknown

/** One copy of the function from its cold start to its end. */
interface Life {
  readonly key: string
  readonly frozen: Freezer
  readonly handler: Promise<Handler>
  /** Events in flight: what ends the life answers them all. */
  readonly open: Set<(outcome: Outcome) => void>
  ready: Handler | undefined
}

export interface LambdaSetting {
  readonly region: string
  readonly environment: Readonly<Record<string, string>>
  readonly concurrency: number
  readonly log: FunctionLog
}

const EXTENSIONS = ['.mjs', '.js', '.cjs'] as const

export const lambdaOf = (plan: FunctionPlan, setting: LambdaSetting): Lambda => {
  let life: Life | undefined
  let lives = 0
  let inFlight = 0
  const discard = (old: Life) => {
    old.frozen.discard()
    leaveSandbox(old.key)
    if (life === old) life = undefined
  }
  const start = (): Life => {
    lives += 1
    return startLife(plan, setting, `${plan.id}/${lives}`, (ended) => discard(ended))
  }
  const invoke = async (event: unknown): Promise<Outcome> => {
    if (inFlight >= setting.concurrency) return failed('throttled', 'TooManyRequestsException', 'Rate Exceeded.')
    inFlight += 1
    life ??= start()
    const current = life
    current.frozen.begin()
    try {
      const outcome = await withinTime(plan, setting, current, event)
      if (!outcome.ok && outcome.why === 'timeout') discard(current)
      return outcome
    } finally {
      current.frozen.end()
      inFlight -= 1
    }
  }
  return { plan, invoke }
}

const startLife = (plan: FunctionPlan, setting: LambdaSetting, key: string, discard: (life: Life) => void): Life => {
  const frozen = freezer()
  const exit = (code: number) => {
    setting.log.line(`RequestId: - Error: Runtime exited with status ${code}`)
    discard(life)
    for (const settle of life.open) settle(failed('error', 'Runtime.ExitError', `Runtime exited with status ${code}`))
  }
  enterSandbox(key, { environment: setting.environment, log: setting.log, frozen, exit })
  const handler = importHandler(plan, key)
  const life: Life = { key, frozen, handler, open: new Set(), ready: undefined }
  handler.then(
    (ready) => {
      life.ready = ready
    },
    () => discard(life),
  )
  return life
}

const importHandler = async (plan: FunctionPlan, key: string): Promise<Handler> => {
  const dot = plan.handler.lastIndexOf('.')
  const base = join(plan.directory, plan.handler.slice(0, dot))
  const file = EXTENSIONS.map((extension) => base + extension).find((candidate) => existsSync(candidate))
  if (!file) throw new Error(`Cannot find module '${base}'`)
  const loaded: unknown = await import(addressOf(pathToFileURL(file), key))
  const handler = isFields(loaded) ? loaded[plan.handler.slice(dot + 1)] : undefined
  if (typeof handler !== 'function') throw new Error(`${plan.handler} is undefined or not exported`)
  return (event, context) => handler(event, context)
}

const withinTime = (plan: FunctionPlan, setting: LambdaSetting, life: Life, event: unknown): Promise<Outcome> =>
  new Promise((done) => {
    const deadline = Date.now() + plan.timeoutMs
    const requestId = randomUUID()
    const timer = setTimeout(() => {
      const message = `${requestId} Task timed out after ${(plan.timeoutMs / 1_000).toFixed(2)} seconds`
      setting.log.line(message)
      settle(failed('timeout', 'Sandbox.Timedout', `RequestId: ${requestId} Error: ${message.slice(37)}`))
    }, plan.timeoutMs)
    const settle = (outcome: Outcome) => {
      clearTimeout(timer)
      life.open.delete(settle)
      done(outcome)
    }
    life.open.add(settle)
    run(life, event, contextOf(plan, setting, requestId, deadline)).then(
      (value) => settle({ ok: true, value }),
      (thrown: unknown) => {
        setting.log.line(`${requestId} ERROR Invoke Error ${describe(thrown)}`)
        settle(failureOf(thrown))
      },
    )
  })

const run = async (life: Life, event: unknown, context: object): Promise<unknown> => {
  const handler = life.ready ?? (await life.handler)
  return handler(event, context)
}

const contextOf = (plan: FunctionPlan, setting: LambdaSetting, requestId: string, deadline: number): object => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: plan.name,
  functionVersion: '$LATEST',
  invokedFunctionArn: plan.arn,
  memoryLimitInMB: String(plan.memoryMb),
  awsRequestId: requestId,
  logGroupName: plan.logGroup,
  logStreamName: setting.environment['AWS_LAMBDA_LOG_STREAM_NAME'],
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
})

const describe = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : JSON.stringify(thrown)

const failed = (
  why: 'error' | 'timeout' | 'throttled',
  errorType: string,
  errorMessage: string,
  trace: readonly string[] = [],
): Outcome => ({
  ok: false,
  why,
  failure: { errorType, errorMessage, trace },
})

const failureOf = (thrown: unknown): Outcome =>
  thrown instanceof Error
    ? failed('error', thrown.name, thrown.message, thrown.stack?.split('\n') ?? [])
    : failed('error', 'Error', typeof thrown === 'string' ? thrown : JSON.stringify(thrown))
