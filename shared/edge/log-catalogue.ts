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
  FAULT: { name: string; requestId: string; error: Error }
  MESSAGE_FAILED: { consumer: string; messageId: string; error: Error }
  MESSAGE_POISONOUS: { consumer: string; messageId: string; at: readonly string[] }
  BATCH_DONE: { consumer: string; received: number; failed: number; latencyMs: number }
  SCHEDULE_DONE: { schedule: string; latencyMs: number }
}

export type LogName = keyof Fields

const levels = {
  REQUEST_ANSWERED: 'info',
  ANSWER_BROKEN: 'error',
  FAULT: 'error',
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
    logger[levels[name]](name, { ...fields, ...metrics })
  }
