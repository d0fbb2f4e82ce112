// Binds a queue's consumer to its use case. Each message stands for itself: what fails comes back alone
// (partial batch reply), and what cannot be read goes the way of the dead letters, where people look.
import middy from '@middy/core'
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import type { z } from 'zod'
import type { Clock } from '../kernel/ports.ts'
import type { Consumer, Queue } from '../kernel/queue.ts'
import type { Wiring } from '../kernel/wiring.ts'
import { builtAtFirst } from './built-at-first.ts'
import { openJournal } from './journal.ts'
import type { Journal } from './log-catalogue.ts'
import { batchMetrics } from './metrics.ts'
import { within } from './time-budget.ts'
import { wiringOf } from './wiring-of.ts'

export type BatchHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>

/** Resolves when the message's work is done, whoever did it before; throws when it is to come again. */
export type Work<Message extends z.ZodType> = (message: z.infer<Message>) => Promise<void>

export const consume = <Message extends z.ZodType, Needs>(
  declared: Consumer<Queue<Message>>,
  makeWork: (ports: Needs) => Work<Message>,
  makePorts: (wiring: Wiring) => Needs & { readonly clock: Clock },
): BatchHandler =>
  builtAtFirst(() => {
    const wiring = wiringOf(declared)
    const ports = makePorts(wiring)
    return open(declared, makeWork(ports), ports.clock, openJournal(wiring))
  })

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const open = <Message extends z.ZodType>(
  declared: Consumer<Queue<Message>>,
  work: Work<Message>,
  clock: Clock,
  journal: Journal,
): BatchHandler => {
  const consumer = declared.name
  const isDone = async ({ messageId, body }: SQSRecord): Promise<boolean> => {
    const read = declared.queue.message.safeParse(jsonOf(body))
    if (!read.success) {
      journal('MESSAGE_POISONOUS', { consumer, messageId, at: read.error.issues.map(({ path }) => path.join('.')) })
      return false
    }
    try {
      await within(declared.budgetMs, work(read.data))
      return true
    } catch (error) {
      journal('MESSAGE_FAILED', { consumer, messageId, error })
      return false
    }
  }
  return middy<SQSEvent, SQSBatchResponse>({ timeoutEarlyInMillis: 0 }).handler(async ({ Records }) => {
    const startedAt = clock.now()
    const done = await Promise.all(Records.map(isDone))
    const failed = Records.filter((_, place) => !done[place])
    const now = clock.now()
    const counts = { received: Records.length, failed: failed.length, latencyMs: now - startedAt }
    journal('BATCH_DONE', { consumer, ...counts }, batchMetrics(now))
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
  })
}
