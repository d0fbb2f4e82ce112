// The wire: a process between the functions and everything that answers for AWS. Only there with --permissions or --chaos.
import { createServer } from 'node:http'
import { join } from 'node:path'
import { counts, diceOf } from '../chaos/dice.ts'
import { recordFaults } from '../chaos/record-faults.ts'
import { listenLocally } from '../process/listen.ts'
import { openCallRecord } from './call-record.ts'
import type { Service } from './calls-of.ts'
import type { WireBrief, WireReport } from './messages.ts'
import { newAgent, relay } from './relay.ts'

const agent = newAgent()

const begin = async (brief: WireBrief): Promise<void> => {
  const record = brief.permissions ? openCallRecord(join(brief.dataDir, 'calls.jsonl')) : undefined
  const seen = counts()
  const faults = brief.chaos && recordFaults(brief.chaos, diceOf(brief.chaos.seed), seen)
  const open = async (service: Service, target: string): Promise<string> => {
    const through = {
      service,
      target: new URL(target),
      agent,
      plan: brief.plan,
      record,
      faults: service === 'dynamodb' ? faults : undefined,
    }
    const server = createServer((request, response) => {
      relay(through, request, response).catch(() => response.destroy())
    })
    return (await listenLocally(server)).endpoint
  }
  const { dynamodb, sqs, s3, vault } = brief.endpoints
  const endpoints = {
    dynamodb: await open('dynamodb', dynamodb),
    sqs: await open('sqs', sqs),
    s3: await open('s3', s3),
    vault: await open('vault', vault),
  }
  report({ kind: 'open', endpoints })
  process.on('message', (message: unknown) => {
    if (message !== 'stop') return
    record?.flush()
    report({ kind: 'counts', counts: seen.all() })
    process.exit(0)
  })
}

const report = (message: WireReport): void => void process.send?.(message)

process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
process.on('disconnect', () => process.exit(0))
process.once('message', (brief: WireBrief) => {
  void begin(brief)
})
