// An event source mapping: takes batches from a queue, hands them to its function and deletes what was done.
// What failed stays invisible until its visibility time is over and comes again, as with Lambda's own pollers.
import { setTimeout as pause } from 'node:timers/promises'
import { type Fields, fieldsOf, isFields, listOf } from '../template/json.ts'
import type { MappingPlan } from '../template/plan.ts'
import type { Outcome } from '../worker/lambda.ts'

type Call = (action: string, body: Fields, signal?: AbortSignal) => Promise<Fields>

/** SQS hands out no more at once. */
const MAX_RECEIVED = 10
/** fauxqs wakes a waiting reader for new messages but not for those that come back, so the wait is short. */
const WAIT_SECONDS = 1
const AFTER_TROUBLE_MS = 200
/** What is still at work then comes again after the next start's visibility time, or is lost with the queue. */
const STOP_PATIENCE_MS = 1_000

export interface Poller {
  stop(): Promise<void>
}

export interface PollerSetting {
  readonly mapping: MappingPlan
  readonly region: string
  readonly call: Call
  invoke(event: Fields): Promise<Outcome>
  trouble(thrown: unknown): void
  /** Chaos: how many times the batch is delivered. */
  deliveries?(): number
}

export const startPoller = (setting: PollerSetting): Poller => {
  const ending = new AbortController()
  const running = new Set<Promise<void>>()
  const loop = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      if (running.size >= setting.mapping.maxConcurrency) {
        await Promise.race(running)
        continue
      }
      const messages = await gather(setting, ending.signal)
      if (messages.length === 0) continue
      const work = deliver(setting, messages)
        .catch(setting.trouble)
        .finally(() => running.delete(work))
      running.add(work)
    }
  }
  const looping = loop()
  return {
    stop: async () => {
      ending.abort()
      await looping
      await Promise.race([Promise.allSettled(running), pause(STOP_PATIENCE_MS, undefined, { ref: false })])
    },
  }
}

/** Up to a whole batch, waiting for more no longer than the batching window. */
const gather = async (setting: PollerSetting, signal: AbortSignal): Promise<readonly Fields[]> => {
  const { mapping } = setting
  const messages: Fields[] = []
  let until: number | undefined
  do {
    const wanted = Math.min(MAX_RECEIVED, mapping.batchSize - messages.length)
    const left = until === undefined ? WAIT_SECONDS : Math.ceil((until - performance.now()) / 1_000)
    const received = await receive(setting, wanted, Math.min(WAIT_SECONDS, left), signal)
    messages.push(...received)
    if (messages.length > 0) until ??= performance.now() + mapping.windowMs
    if (received.length < wanted && mapping.windowMs === 0) break
  } while (
    !signal.aborted &&
    messages.length > 0 &&
    messages.length < mapping.batchSize &&
    performance.now() < (until ?? 0)
  )
  return messages
}

const receive = async (
  setting: PollerSetting,
  count: number,
  seconds: number,
  signal: AbortSignal,
): Promise<readonly Fields[]> => {
  const request = {
    QueueUrl: setting.mapping.queueUrl,
    MaxNumberOfMessages: count,
    WaitTimeSeconds: Math.max(0, seconds),
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  }
  try {
    return listOf((await setting.call('ReceiveMessage', request, signal))['Messages']).map(fieldsOf)
  } catch (thrown) {
    if (signal.aborted) return []
    setting.trouble(thrown)
    await pause(AFTER_TROUBLE_MS)
    return []
  }
}

const deliver = async (setting: PollerSetting, messages: readonly Fields[]): Promise<void> => {
  const { mapping } = setting
  const event = { Records: messages.map((message) => recordOf(message, mapping, setting.region)) }
  const times = setting.deliveries?.() ?? 1
  const outcomes = await Promise.all(Array.from({ length: times }, () => setting.invoke(event)))
  // Delivered twice, the slower of two consumers decides nothing in the cloud either.
  const done = doneOf(messages, outcomes[0], mapping.partialReplies)
  for (let start = 0; start < done.length; start += MAX_RECEIVED) {
    const entries = done
      .slice(start, start + MAX_RECEIVED)
      .map((message, index) => ({ Id: String(index), ReceiptHandle: message['ReceiptHandle'] }))
    await setting.call('DeleteMessageBatch', { QueueUrl: mapping.queueUrl, Entries: entries })
  }
}

/** Which messages are done with. A partial reply that names what was not in the batch makes the whole batch a failure. */
export const doneOf = (
  messages: readonly Fields[],
  outcome: Outcome | undefined,
  partialReplies: boolean,
): readonly Fields[] => {
  if (!outcome?.ok) return []
  const reply = outcome.value
  if (!partialReplies || reply === null || reply === undefined || reply === '') return messages
  if (!isFields(reply)) return []
  const failures = reply['batchItemFailures']
  if (failures === undefined || failures === null) return messages
  if (!Array.isArray(failures)) return []
  const failed = new Set(failures.map((each) => fieldsOf(each)['itemIdentifier']))
  const known = new Set(messages.map((message) => message['MessageId']))
  for (const id of failed) if (!known.has(id)) return []
  return messages.filter((message) => !failed.has(message['MessageId']))
}

const recordOf = (message: Fields, mapping: MappingPlan, region: string): Fields => ({
  messageId: message['MessageId'],
  receiptHandle: message['ReceiptHandle'],
  body: message['Body'],
  attributes: message['Attributes'] ?? {},
  messageAttributes: attributesOf(fieldsOf(message['MessageAttributes'])),
  md5OfBody: message['MD5OfBody'],
  eventSource: 'aws:sqs',
  eventSourceARN: mapping.queueArn,
  awsRegion: region,
})

const attributesOf = (attributes: Fields): Fields =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      const { StringValue: stringValue, BinaryValue: binaryValue, DataType: dataType } = fieldsOf(value)
      return [name, { stringValue, binaryValue, stringListValues: [], binaryListValues: [], dataType }]
    }),
  )
