// What one registration costs in calls and units, counted by the stage's own wire (--permissions): everybody once, everybody
// once more, one at a time; then a while of steady traffic for the reads of campaign settings, which are shared.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { openIssuer } from '../../local/outside/issuer.ts'
import { SETTINGS_LIFE_SECONDS } from '../../shared/campaign/settings-life.ts'
import { personAt } from '../load/people.ts'
import type { Measured } from '../rows.ts'
import type { Say } from '../say.ts'
import { type Stage, startStage } from '../stage.ts'
import { type Campaign, openCampaign } from './campaign.ts'
import { readLanes } from './lanes.ts'

const PEOPLE = 200
const WARM_PEOPLE = 20
const STEADY_SECONDS = 12
const STEADY_PAUSE_MS = 20
/** The wire writes its record every 50 ms. */
const RECORD_PATIENCE_MS = 300
const MAX_ITEM_BYTES = 1_024
const REGISTER = 'campaign-register'

const Call = z.object({
  function: z.string(),
  operation: z.string(),
  readUnits: z.number().optional(),
  writeUnits: z.number().optional(),
})
type Call = z.infer<typeof Call>
const RECORD_OPERATIONS = /^(PutItem|UpdateItem|DeleteItem|GetItem|Query|Scan|Batch|Transact)/

export const measureCounts = async (workers: number, say: Say): Promise<readonly Measured[]> => {
  say.line(`calls and units, counted over ${PEOPLE} registrations and ${PEOPLE} repeats`)
  const stage = await startStage({ workers, arguments: ['--permissions'] })
  try {
    const campaign = await openCampaign(stage.origin)
    const register = registerOn(stage, campaign)
    // A connection for each worker in turn: all are warm afterwards.
    await askAll(register, PEOPLE, PEOPLE + WARM_PEOPLE, 201)
    const first = await callsDuring(stage, () => askAll(register, 0, PEOPLE, 201))
    const again = await callsDuring(stage, () => askAll(register, 0, PEOPLE, 200))
    const steady = await callsDuring(stage, () => steadily(() => register(0)))
    const { largestItemBytes } = await readLanes(stage, campaign.campaignId)
    return [...perRegistration(first), ...perRepeat(again), ...settingsRows(steady, workers), itemRow(largestItemBytes)]
  } finally {
    await stage.stop()
  }
}

const registerOn = (stage: Stage, campaign: Campaign) => {
  const issuer = openIssuer(stage.dataDir, `${stage.origin}/_local/issuer`)
  return async (person: number): Promise<number> => {
    const reply = await fetch(`${stage.origin}/v1/campaigns/${campaign.campaignId}/registrations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${issuer.citizen(personAt(person))}`,
        'content-type': 'application/json',
        'idempotency-key': `bench-person-${person}`,
        connection: 'close',
      },
      body: JSON.stringify({ pools: campaign.pools }),
    })
    await reply.arrayBuffer()
    return reply.status
  }
}

const askAll = async (
  register: (person: number) => Promise<number>,
  from: number,
  to: number,
  expected: number,
): Promise<void> => {
  for (let person = from; person < to; person += 1) {
    const status = await register(person)
    if (status !== expected) throw new Error(`person ${person} was answered ${status} instead of ${expected}`)
  }
}

const steadily = async (ask: () => Promise<number>): Promise<void> => {
  const until = performance.now() + STEADY_SECONDS * 1_000
  while (performance.now() < until) {
    await ask()
    await pause(STEADY_PAUSE_MS)
  }
}

const callsDuring = async (stage: Stage, work: () => Promise<void>): Promise<readonly Call[]> => {
  await pause(RECORD_PATIENCE_MS)
  const before = linesOf(stage).length
  await work()
  await pause(RECORD_PATIENCE_MS)
  return linesOf(stage)
    .slice(before)
    .map((line) => Call.parse(JSON.parse(line)))
    .filter((call) => call.function.endsWith(REGISTER) && RECORD_OPERATIONS.test(call.operation))
}

const linesOf = (stage: Stage): readonly string[] =>
  readFileSync(join(stage.dataDir, 'calls.jsonl'), 'utf8').split('\n').slice(0, -1)

/** A settings read is a read of a whole campaign, shared by all requests of its seconds; it is counted on its own below. */
const isSettingsRead = (call: Call): boolean => call.operation === 'GetItem'

const costOf = (calls: readonly Call[]) => {
  const own = calls.filter((call) => !isSettingsRead(call))
  const sum = (part: 'readUnits' | 'writeUnits') => own.reduce((total, call) => total + (call[part] ?? 0), 0) / PEOPLE
  return { calls: own.length / PEOPLE, writeUnits: sum('writeUnits'), readUnits: sum('readUnits') }
}

const perRegistration = (calls: readonly Call[]): readonly Measured[] => {
  const cost = costOf(calls)
  return [
    { what: 'DynamoDB calls per registration', value: cost.calls, unit: 'calls', budget: { atMost: 1 } },
    { what: 'write units per registration', value: cost.writeUnits, unit: 'units', budget: { atMost: 1 } },
    { what: 'read units per registration', value: cost.readUnits, unit: 'units', budget: { atMost: 0 } },
  ]
}

const perRepeat = (calls: readonly Call[]): readonly Measured[] => {
  const cost = costOf(calls)
  // The engine names no units for a failed condition (the cloud charges one write unit): what counts is that nothing is read.
  return [
    { what: 'DynamoDB calls per repeat', value: cost.calls, unit: 'calls', budget: { atMost: 1 } },
    { what: 'read units per repeat', value: cost.readUnits, unit: 'units', budget: { atMost: 0 } },
  ]
}

/** The window cuts through the lives of the settings that each worker holds: one read more for each is within the budget. */
const settingsRows = (calls: readonly Call[], workers: number): readonly Measured[] => {
  const reads = calls.filter(isSettingsRead).length
  const lives = workers * (STEADY_SECONDS / SETTINGS_LIFE_SECONDS + 1)
  return [
    {
      what: `settings reads per worker and ${SETTINGS_LIFE_SECONDS} s`,
      value: reads / lives,
      unit: 'reads',
      budget: { atMost: 1 },
    },
  ]
}

const itemRow = (bytes: number): Measured => ({
  what: 'largest registration item',
  value: bytes,
  unit: 'bytes',
  budget: { atMost: MAX_ITEM_BYTES },
})
