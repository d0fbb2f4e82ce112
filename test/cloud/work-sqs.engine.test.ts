import { hash } from 'node:crypto'
import { startFauxqs } from 'fauxqs'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { workWith } from '../../shared/cloud/work-sqs.ts'
import { Busy } from '../../shared/kernel/busy.ts'
import { queue } from '../../shared/kernel/queue.ts'
import { clockAt, seededRandom } from '../support/clocks.ts'
import { ok, type Reply, type ScriptedServer, scriptedServer } from '../support/scripted-server.ts'

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

const parts = () => ({ clock: clockAt('2026-11-20T12:00:00+08:00'), random: seededRandom('work') })
const wiringTo = (at: string, names: Readonly<Record<string, string>>) => ({
  name: 'cloud-test',
  budgetMs: 5_000,
  environment: {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SQS: at,
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
  // The SDK compares what the queue says it took with what was sent.
  const md5Of = (id: string) => hash('md5', JSON.stringify(three[Number(id)]))
  const taking = (taken: readonly string[], failed: readonly string[], SenderFault = false) =>
    ok({
      Successful: taken.map((Id) => ({ Id, MessageId: Id, MD5OfMessageBody: md5Of(Id) })),
      Failed: failed.map((Id) => ({ Id, Code: 'InternalError', SenderFault })),
    })

  it('sends again only what was not taken', async () => {
    const { work, asked } = await against((count) => (count === 1 ? taking(['1'], ['0', '2']) : taking(['0', '2'], [])))
    await work.send(notices, three)
    expect(asked.map(({ body }) => Array.from(Object(body.Entries), (entry) => Object(entry).Id))).toEqual([
      ['0', '1', '2'],
      ['0', '2'],
    ])
  })

  it('sends no more than ten messages and 256 KB at once', async () => {
    const { work, asked } = await against(() => taking([], []))
    const sizes = async (count: number, text: string) => {
      const before = asked.length
      await work.send(
        notices,
        Array.from({ length: count }, () => ({ to: 'all', text })),
      )
      return asked.slice(before).map(({ body }) => Array.from(Object(body.Entries)).length)
    }
    expect(await sizes(5, '券'.repeat(40_000))).toEqual([2, 2, 1])
    expect(await sizes(23, 'short')).toEqual([10, 10, 3])
  })

  it('that is never taken says that there is no room', async () => {
    const { work } = await against(() => taking([], ['0', '1', '2']))
    await expect(work.send(notices, three)).rejects.toThrow(Busy)
  })

  it('that is refused as malformed is not sent again', async () => {
    const { work, asked } = await against(() => taking([], ['0'], true))
    await expect(work.send(notices, three)).rejects.toThrow('a message was refused: InternalError')
    expect(asked).toHaveLength(1)
  })
})
