// Every line the house writes to its log. A line has a name, a level and typed fields, and none of them is personal:
// no numbers, tokens, subjects, addresses or bodies. What is not in this catalogue cannot be logged.
import type { Logger } from '@aws-lambda-powertools/logger'

interface Fields {
  REQUEST_ANSWERED: {
    endpoint: string
    requestId: string
    status: number
    problem?: string
    latencyMs: number
    /** 1 when the fault was ours, 0 otherwise: a figure as well as a field. */
    faults: 0 | 1
    replayed: boolean
  }
  ANSWER_BROKEN: { endpoint: string; requestId: string; at: readonly string[] }
  FAULT: { name: string; requestId: string; error: unknown }
  PORT_BUSY: { name: string; requestId: string; error: unknown }
  MESSAGE_FAILED: { consumer: string; messageId: string; error: unknown }
  MESSAGE_POISONOUS: { consumer: string; messageId: string; at: readonly string[] }
  BATCH_DONE: { consumer: string; received: number; failed: number; latencyMs: number }
  SCHEDULE_DONE: { schedule: string; latencyMs: number }
}

export type LogName = keyof Fields

const levels = {
  REQUEST_ANSWERED: 'info',
  ANSWER_BROKEN: 'error',
  FAULT: 'error',
  PORT_BUSY: 'warn',
  MESSAGE_FAILED: 'warn',
  MESSAGE_POISONOUS: 'error',
  BATCH_DONE: 'info',
  SCHEDULE_DONE: 'info',
} as const satisfies Record<LogName, 'info' | 'warn' | 'error'>

export type Journal = <Name extends LogName>(name: Name, fields: Fields[Name], metrics?: object) => void

/** Metrics ride on the same line in the embedded metric format: one line a request, not two. */
export const journalOf =
  (logger: Logger): Journal =>
  (name, fields, metrics) => {
    const { error, ...rest } = { error: undefined, ...fields }
    logger[levels[name]](name, { ...rest, ...(error === undefined ? {} : { error: toldOf(error) }), ...metrics })
  }

/** How deep an error may hide its cause. */
const MAX_CAUSES = 5

/** Where and what, and the names of its causes. Never an error's other fields: the SDK's hold the items that were found. */
const toldOf = (error: unknown): object => {
  if (!(error instanceof Error)) return { name: typeof error }
  const causes: string[] = []
  for (let cause = error.cause; cause instanceof Error && causes.length < MAX_CAUSES; cause = cause.cause) {
    causes.push(cause.name)
  }
  return { name: error.name, message: error.message, stack: error.stack, ...(causes.length > 0 ? { causes } : {}) }
}
