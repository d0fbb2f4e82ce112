import { startFauxqs } from 'fauxqs'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { blobsWith } from '../../shared/cloud/blobs-s3.ts'
import { workWith } from '../../shared/cloud/work-sqs.ts'
import { bucket } from '../../shared/kernel/bucket.ts'
import { queue } from '../../shared/kernel/queue.ts'
import { RecordsBusy } from '../../shared/kernel/records.ts'
import { clockAt, seededRandom } from '../support/clocks.ts'
import { fault, ok, type Reply, type ScriptedServer, scriptedServer } from '../support/scripted-server.ts'

const server = await startFauxqs({ port: 0, logger: false })
const endpoint = `http://127.0.0.1:${server.port}`
afterAll(() => server.stop())
const opened: ScriptedServer[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop()
})

const notices = queue({
  name: 'test-notices',
  message: z.strictObject({ to: z.string(), text: z.string().optional() }),
  batchSize: 10,
  maxReceives: 3,
})
const books = bucket({ name: 'test-books', holds: 'the books of these tests', isPublic: false })

const parts = () => ({ clock: clockAt('2026-11-20T12:00:00+08:00'), random: seededRandom('work') })
const wiringTo = (at: string, names: Readonly<Record<string, string>>) => ({
  name: 'cloud-test',
  budgetMs: 5_000,
  environment: {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SQS: at,
    AWS_ENDPOINT_URL_S3: at,
    ...names,
  },
})

let made = 0
const newQueue = () => {
  const name = `notices-${made++}`
  server.createQueue(name)
  const url = `${endpoint}/000000000000/${name}`
  const bodies = () => server.inspectQueue(name)?.messages.ready.map(({ body }) => JSON.parse(body)) ?? []
  return { work: workWith(wiringTo(endpoint, { QUEUE_TEST_NOTICES: url }), parts()), bodies }
}

describe('work', () => {
  it('sends any number of messages, each once', async () => {
    const { work, bodies } = newQueue()
    const messages = Array.from({ length: 25 }, (_, index) => ({ to: `citizen-${index}` }))
    await work.send(notices, messages)
    expect(bodies()).toHaveLength(25)
    expect(bodies()).toEqual(expect.arrayContaining(messages))
  })

  it('sends no message, and asks nobody, when there is none', async () => {
    const { work, bodies } = newQueue()
    await work.send(notices, [])
    expect(bodies()).toEqual([])
  })

  it('sends messages that are too large for one batch in several', async () => {
    const { work, bodies } = newQueue()
    await work.send(notices, Array.from({ length: 5 }, () => ({ to: 'all', text: '券'.repeat(40_000) })))
    expect(bodies()).toHaveLength(5)
  })

  it('sends nothing at all when one message is not of the queue, and says where without saying what', async () => {
    const { work, bodies } = newQueue()
    const stray = { to: 'citizen', number: 'A123456789' }
    const sending = work.send(notices, [{ to: 'citizen' }, stray])
    await expect(sending).rejects.toThrow('queue test-notices was given a bad message: (message) unrecognized_keys')
    await expect(sending).rejects.not.toThrow('A123456789')
    expect(bodies()).toEqual([])
  })

  const against = async (answer: (count: number) => Reply) => {
    const script = await scriptedServer((_, count) => answer(count))
    opened.push(script)
    const wiring = wiringTo(script.endpoint, { QUEUE_TEST_NOTICES: `${script.endpoint}/0/q` })
    return { work: workWith(wiring, parts()), asked: script.asked }
  }
  const three = [{ to: 'a' }, { to: 'b' }, { to: 'c' }]
  const taking = (taken: readonly string[], failed: readonly string[], SenderFault = false) =>
    ok({
      Successful: taken.map((Id) => ({ Id, MessageId: Id, MD5OfMessageBody: '' })),
      Failed: failed.map((Id) => ({ Id, Code: 'InternalError', SenderFault })),
    })

  it('sends again only what was not taken', async () => {
    const { work, asked } = await against((count) => (count === 1 ? taking(['1'], ['0', '2']) : taking(['0', '2'], [])))
    await work.send(notices, three).catch(() => {})
    expect(asked.map(({ body }) => Array.from(Object(body.Entries), (entry) => Object(entry).Id))).toEqual([
      ['0', '1', '2'],
      ['0', '2'],
    ])
  })

  it('that is never taken says that there is no room', async () => {
    const { work } = await against(() => taking([], ['0', '1', '2']))
    await expect(work.send(notices, three)).rejects.toThrow(RecordsBusy)
  })

  it('that is refused as malformed is not sent again', async () => {
    const { work, asked } = await against(() => taking([], ['0'], true))
    await expect(work.send(notices, three)).rejects.toThrow('a message was refused: InternalError')
    expect(asked).toHaveLength(1)
  })
})

describe('blobs', () => {
  const newBucket = () => {
    const name = `books-${made++}`
    server.createBucket(name)
    return blobsWith(wiringTo(endpoint, { BUCKET_TEST_BOOKS: name }), parts())
  }
  const document = { contentType: 'application/json', body: '{"熊":1}' }

  it('keeps a document as it was written', async () => {
    const blobs = newBucket()
    expect(await blobs.putOnce(books, 'heads/1 陳.json', document)).toBe(true)
    expect(await blobs.get(books, 'heads/1 陳.json')).toEqual(document)
  })

  it('never replaces one', async () => {
    const blobs = newBucket()
    await blobs.putOnce(books, 'head.json', document)
    expect(await blobs.putOnce(books, 'head.json', { ...document, body: 'other' })).toBe(false)
    expect(await blobs.get(books, 'head.json')).toEqual(document)
  })

  it('lets one of 25 in parallel write', async () => {
    const blobs = newBucket()
    const tries = Array.from({ length: 25 }, (_, index) => blobs.putOnce(books, 'head.json', { ...document, body: `${index}` }))
    expect((await Promise.all(tries)).filter((isWritten) => isWritten)).toHaveLength(1)
  })

  it('says undefined for what is not there, and an error for a bucket that is not', async () => {
    expect(await newBucket().get(books, 'nothing.json')).toBeUndefined()
    const lost = blobsWith(wiringTo(endpoint, { BUCKET_TEST_BOOKS: 'no-such-bucket' }), parts())
    await expect(lost.get(books, 'nothing.json')).rejects.toThrow()
  })

  it('comes through a conflict and a slow-down', async () => {
    const script = await scriptedServer((_, count) => (count < 3 ? fault('x', {}, 503) : ok()))
    opened.push(script)
    const blobs = blobsWith(wiringTo(script.endpoint, { BUCKET_TEST_BOOKS: 'books' }), parts())
    expect(await blobs.putOnce(books, 'head.json', document)).toBe(true)
    expect(script.asked).toHaveLength(3)
  })
})
