import type { SQSEvent } from 'aws-lambda'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { consume } from '../../shared/edge/consume.ts'
import { consumer, queue } from '../../shared/kernel/queue.ts'
import { context } from '../support/events.ts'

beforeEach(() => {
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const letters = queue({ name: 'letters', message: z.strictObject({ to: z.string() }), batchSize: 10, maxReceives: 3 })
const deliver = consumer({ name: 'deliver', queue: letters, budgetMs: 20, harm: 'Letters stay here' })

const batch = (...bodies: string[]): SQSEvent => ({
  Records: bodies.map((body, place) => ({
    messageId: `message-${place}`,
    receiptHandle: '',
    body,
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '', SenderId: '', ApproximateFirstReceiveTimestamp: '' },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
  })),
})
const failedOf = async (work: (message: { to: string }) => Promise<void>, ...bodies: string[]) => {
  const handler = consume(
    deliver,
    () => work,
    () => ({ clock: { now: () => 0, pause: async () => {} } }),
  )
  return (await handler(batch(...bodies), context)).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
}

it('sends back the message that failed and no other', async () => {
  const done: string[] = []
  const work = async ({ to }: { to: string }) => {
    if (to === 'nobody') throw new Error('no such address')
    done.push(to)
  }
  expect(await failedOf(work, '{"to":"a"}', '{"to":"nobody"}', '{"to":"b"}')).toEqual(['message-1'])
  expect(done).toEqual(['a', 'b'])
})

it('sends back what cannot be read, so that it ends among the dead letters, and does not work on it', async () => {
  const work = vi.fn(async () => {})
  expect(await failedOf(work, '{"to":7}', 'not json', '{"to":"a","extra":1}')).toEqual([
    'message-0',
    'message-1',
    'message-2',
  ])
  expect(work).not.toHaveBeenCalled()
})

it('sends back what takes too long, without holding up the rest', async () => {
  const work = ({ to }: { to: string }) => (to === 'far' ? new Promise<void>(() => {}) : Promise.resolve())
  expect(await failedOf(work, '{"to":"far"}', '{"to":"near"}')).toEqual(['message-0'])
})
