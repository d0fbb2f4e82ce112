import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { awsJson } from '../../local/engine/aws-json.ts'
import { type Poller, startPoller } from '../../local/engine/poller.ts'
import { type Queues, startQueues } from '../../local/engine/queues.ts'
import { type Fields, fieldsOf, listOf } from '../../local/template/json.ts'
import type { MappingPlan } from '../../local/template/plan.ts'
import type { Outcome } from '../../local/worker/lambda.ts'

/** Machines are busy at times; what is waited for usually comes at once. */
const PATIENCE_MS = 20_000

const region = 'ap-east-2'
const account = '000000000000'
const failed: Outcome = { ok: false, why: 'error', failure: { errorType: 'Error', errorMessage: 'thrown', trace: [] } }
let queues: Queues
let poller: Poller | undefined
let nth = 0

beforeAll(async () => {
  queues = await startQueues(region)
})
afterEach(() => poller?.stop())
afterAll(() => queues.stop())

interface Bench {
  readonly mapping: MappingPlan
  readonly call: ReturnType<typeof awsJson>
  readonly dead: string
  send(...bodies: readonly string[]): Promise<unknown>
  left(url?: string): Promise<number>
}

/** A queue with its dead letters, apart from those of other tests. */
const benchOf = async (
  overrides: Partial<MappingPlan> = {},
  attributes: Record<string, string> = {},
): Promise<Bench> => {
  nth += 1
  const [name, dead] = [`jobs-${nth}`, `dead-${nth}`]
  const arn = (each: string) => `arn:aws:sqs:${region}:${account}:${each}`
  const url = (each: string) => `${queues.endpoint}/${account}/${each}`
  const redrive = JSON.stringify({ deadLetterTargetArn: arn(dead), maxReceiveCount: 2 })
  await queues.make([
    {
      id: name,
      name,
      arn: arn(name),
      url: url(name),
      attributes: { VisibilityTimeout: '1', RedrivePolicy: redrive, ...attributes },
    },
    { id: dead, name: dead, arn: arn(dead), url: url(dead), attributes: {} },
  ])
  const call = awsJson(queues.endpoint, 'AmazonSQS', region)
  const mapping: MappingPlan = {
    id: 'M',
    functionId: 'F',
    queueUrl: url(name),
    queueArn: arn(name),
    batchSize: 10,
    windowMs: 0,
    partialReplies: true,
    maxConcurrency: 5,
    ...overrides,
  }
  return {
    mapping,
    call,
    dead: url(dead),
    send: (...bodies) => {
      const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }))
      return call('SendMessageBatch', { QueueUrl: url(name), Entries })
    },
    left: async (queue = url(name)) => {
      const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible']
      const counted = fieldsOf((await call('GetQueueAttributes', { QueueUrl: queue, AttributeNames }))['Attributes'])
      return Number(counted['ApproximateNumberOfMessages']) + Number(counted['ApproximateNumberOfMessagesNotVisible'])
    },
  }
}

const recordsOf = (event: Fields) => listOf(event['Records']).map(fieldsOf)
const bodiesOf = (event: Fields) => recordsOf(event).map((record) => String(record['body']))

const poll = (bench: Bench, invoke: (event: Fields) => Promise<Outcome>, deliveries?: () => number) => {
  const troubles: unknown[] = []
  poller = startPoller({
    mapping: bench.mapping,
    region,
    call: bench.call,
    invoke,
    trouble: (thrown) => troubles.push(thrown),
    ...(deliveries ? { deliveries } : {}),
  })
  return troubles
}

describe('an event source mapping', () => {
  it('hands over a batch in the shape of Lambda and deletes what was done', async () => {
    const bench = await benchOf()
    const events: Fields[] = []
    await bench.send('a', 'b', 'c')
    poll(bench, async (event) => {
      events.push(event)
      return { ok: true, value: { batchItemFailures: [] } }
    })
    await expect.poll(() => events.flatMap(bodiesOf).sort(), { timeout: PATIENCE_MS }).toEqual(['a', 'b', 'c'])
    await expect.poll(() => bench.left(), { timeout: PATIENCE_MS }).toBe(0)
    expect(recordsOf(fieldsOf(events[0]))[0]).toMatchObject({
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.any(String) },
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: bench.mapping.queueArn,
      awsRegion: region,
    })
  })

  it('brings back only what a partial reply names, and sets it aside after its last try', async () => {
    const bench = await benchOf()
    const seen: string[] = []
    await bench.send('good', 'poison', 'fine')
    poll(bench, async (event) => {
      seen.push(...bodiesOf(event))
      const poisoned = recordsOf(event).filter((record) => record['body'] === 'poison')
      return {
        ok: true,
        value: { batchItemFailures: poisoned.map((record) => ({ itemIdentifier: record['messageId'] })) },
      }
    })
    await expect.poll(() => bench.left(bench.dead), { timeout: PATIENCE_MS }).toBe(1)
    expect(seen.sort()).toEqual(['fine', 'good', 'poison', 'poison'])
    expect(await bench.left()).toBe(0)
  })

  it.each<[string, Outcome]>([
    ['an error', failed],
    [
      'a partial reply that names a stranger',
      { ok: true, value: { batchItemFailures: [{ itemIdentifier: 'stranger' }] } },
    ],
    ['a partial reply that is none', { ok: true, value: { batchItemFailures: 'all' } }],
  ])('brings the whole batch back after %s', async (_what, outcome) => {
    const bench = await benchOf()
    const seen: string[] = []
    await bench.send('a', 'b')
    poll(bench, async (event) => {
      seen.push(...bodiesOf(event))
      return seen.length <= 2 ? outcome : { ok: true, value: null }
    })
    await expect.poll(() => bench.left(), { timeout: PATIENCE_MS }).toBe(0)
    expect(seen.sort()).toEqual(['a', 'a', 'b', 'b'])
  })

  it('takes a reply without partial replies as done, whatever it says', async () => {
    const bench = await benchOf({ partialReplies: false })
    await bench.send('a')
    poll(bench, async () => ({ ok: true, value: { batchItemFailures: [{ itemIdentifier: 'x' }] } }))
    await expect.poll(() => bench.left(), { timeout: PATIENCE_MS }).toBe(0)
  })

  it('gathers a batch over its window', async () => {
    const bench = await benchOf({ batchSize: 20, windowMs: 5_000 })
    const sizes: number[] = []
    poll(bench, async (event) => {
      sizes.push(recordsOf(event).length)
      return { ok: true, value: null }
    })
    await bench.send(...Array.from({ length: 10 }, (_, index) => `first-${index}`))
    await bench.send(...Array.from({ length: 10 }, (_, index) => `second-${index}`))
    await expect.poll(() => sizes, { timeout: PATIENCE_MS }).toEqual([20])
  })

  it('has no more batches at work than it may', async () => {
    const bench = await benchOf({ batchSize: 1, maxConcurrency: 2 })
    let [running, most, done] = [0, 0, 0]
    await bench.send('a', 'b', 'c', 'd', 'e')
    poll(bench, async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((later) => setTimeout(later, 30))
      running -= 1
      done += 1
      return { ok: true, value: null }
    })
    await expect.poll(() => done, { timeout: PATIENCE_MS }).toBe(5)
    expect(most).toBe(2)
  })

  it('delivers twice when chaos says so', async () => {
    const bench = await benchOf()
    const seen: string[] = []
    await bench.send('a')
    poll(
      bench,
      async (event) => {
        seen.push(...bodiesOf(event))
        return { ok: true, value: null }
      },
      () => 2,
    )
    await expect.poll(() => seen, { timeout: PATIENCE_MS }).toEqual(['a', 'a'])
  })
})
