// Queues on SQS, in batches of ten. Bodies are parsed by the queue's schema on the way out, so that no consumer is ever
// handed what it cannot read.
import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs'
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Work } from '../kernel/ports.ts'
import type { Queue } from '../kernel/queue.ts'
import { environmentNameOf } from '../kernel/table.ts'
import type { PortMaker, Wiring } from '../kernel/wiring.ts'
import { required } from '../kernel/wiring.ts'
import { clientSettings } from './client-settings.ts'
import { EngineRefused } from './engine-trouble.ts'
import type { Patience } from './insist.ts'
import { insist } from './insist.ts'
import { patienceFor } from './patience.ts'

/** SQS's own bounds: ten messages to a batch, 256 KB in all. */
const MAX_BATCH_MESSAGES = 10
const MAX_BATCH_BYTES = 262_144

export const work: PortMaker<Work> = (wiring) => workWith(wiring)

export const workWith = (wiring: Wiring, given: Partial<Pick<Patience, 'clock' | 'random'>> = {}): Work => {
  const patience = patienceFor(wiring, 'work', given)
  const client = new SQSClient(clientSettings(wiring, 'SQS'))
  return {
    async send(queue, messages) {
      const queueUrl = required(wiring, environmentNameOf('QUEUE', queue.name))
      for (const batch of batchesOf(messages.map((message) => bodyOf(queue, message))))
        await sendBatch(client, patience, queueUrl, batch)
    },
  }
}

const bodyOf = (queue: Queue, message: unknown): string => {
  const parsed = queue.message.safeParse(message)
  if (parsed.success) return JSON.stringify(parsed.data)
  const places = parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || '(message)'} ${issue.code}`)
  throw new Error(`queue ${queue.name} was given a bad message: ${places.join(', ')}`)
}

const batchesOf = (bodies: readonly string[]): readonly (readonly string[])[] => {
  const batches: string[][] = []
  let room = 0
  for (const body of bodies) {
    const bytes = Buffer.byteLength(body)
    const last = batches.at(-1)
    if (last && last.length < MAX_BATCH_MESSAGES && bytes <= room) {
      last.push(body)
      room -= bytes
    } else {
      batches.push([body])
      room = MAX_BATCH_BYTES - bytes
    }
  }
  return batches
}

/** A message that may have been sent is sent again: consumers take a message twice as they take it once. */
const sendBatch = async (client: SQSClient, patience: Patience, queueUrl: string, bodies: readonly string[]) => {
  let left: SendMessageBatchRequestEntry[] = bodies.map((body, index) => ({ Id: String(index), MessageBody: body }))
  await insist(patience, async () => {
    const reply = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: left }))
    const failed = reply.Failed ?? []
    const ours = failed.find((failure) => failure.SenderFault)
    if (ours) throw new Error(`a message was refused: ${ours.Code}`)
    const failedIds = new Set(failed.map((failure) => failure.Id))
    left = left.filter((entry) => failedIds.has(entry.Id))
    if (left.length > 0) throw new EngineRefused(`${left.length} messages were not taken`)
  })
}
