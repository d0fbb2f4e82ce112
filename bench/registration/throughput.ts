// The storm at the front door of a fresh stage: 250 in flight, generator included, then every accepted registration looked
// for by its key. Processor time of each process is read before and after.
import { generate } from '../load/generate.ts'
import type { Outcome } from '../load/jobs.ts'
import type { Measured } from '../rows.ts'
import type { Say } from '../say.ts'
import { type Stage, startStage } from '../stage.ts'
import { type Campaign, openCampaign } from './campaign.ts'
import { readLanes, type Standing } from './lanes.ts'
import { canReadProcessors, since, type Used, usedBy } from './processor.ts'

export const IN_FLIGHT = 250
/** The rehearsal of 2021 (FACTS §1). */
const MIN_PER_SECOND = 1_047
const MAX_MEAN_MS = 240
const MIN_LAST_TENTH = 0.9
/** Lambda keeps functions warm; these people warm ours before the clock runs. */
const WARM_PEOPLE = 2_000
const WARM_IN_FLIGHT = 16

export interface StormOnStage {
  readonly outcome: Outcome
  readonly workers: Used
  readonly engine: Used
}

export const stormOn = async (
  stage: Stage,
  campaign: Campaign,
  crowd: { readonly people: number; readonly inFlight: number },
  say: Say,
): Promise<StormOnStage & { readonly warmed: Outcome }> => {
  const { dataDir, origin, pids } = stage
  const job = { kind: 'registration', dataDir, origin, ...campaign } as const
  const warmed = await generate({ ...job, firstPerson: 0, people: WARM_PEOPLE, inFlight: WARM_IN_FLIGHT }, { say })
  const engines = pids.engine === null ? [] : [pids.engine]
  const look = () => (canReadProcessors ? [pids.workers.map(usedBy), engines.map(usedBy)] : [])
  let [workersBefore = [], enginesBefore = []] = look()
  const begun = () => {
    ;[workersBefore = [], enginesBefore = []] = look()
  }
  const outcome = await generate({ ...job, firstPerson: WARM_PEOPLE, ...crowd }, { say, begun })
  const [workersAfter = [], enginesAfter = []] = look()
  return { outcome, warmed, workers: since(workersBefore, workersAfter), engine: since(enginesBefore, enginesAfter) }
}

export interface Throughput extends StormOnStage {
  readonly standing: Standing
  readonly rows: readonly Measured[]
}

export const measureThroughput = async (people: number, workers: number, say: Say): Promise<Throughput> => {
  say.line(`${people.toLocaleString('en')} registrations, ${IN_FLIGHT} in flight, ${workers} workers`)
  const stage = await startStage({ workers })
  try {
    const campaign = await openCampaign(stage.origin)
    const storm = await stormOn(stage, campaign, { people, inFlight: IN_FLIGHT }, say)
    say.line('looking for every accepted registration by its key')
    const standing = await readLanes(stage, campaign.campaignId)
    const accepted = [...storm.warmed.numbers, ...storm.outcome.numbers]
    return {
      ...storm,
      standing,
      rows: [...speedRows(storm.outcome), ...truthRows(people + WARM_PEOPLE, accepted, standing, storm.outcome)],
    }
  } finally {
    await stage.stop()
  }
}

const speedRows = ({ tally }: Outcome): readonly Measured[] => {
  const count = (status: number) => tally.statuses[status] ?? 0
  const [first = 0] = tally.tenths
  const last = tally.tenths.at(-1) ?? 0
  const per = (name: string, value: number): Measured => ({
    what: `latency, ${name}`,
    value,
    unit: 'ms',
    budget: 'none',
  })
  return [
    {
      what: 'registrations per second',
      value: count(201) / tally.seconds,
      unit: '/s',
      budget: { atLeast: MIN_PER_SECOND },
    },
    { what: 'latency, mean', value: tally.spread.meanMs, unit: 'ms', budget: { atMost: MAX_MEAN_MS } },
    per('half of all', tally.spread.p50Ms),
    per('95 of 100', tally.spread.p95Ms),
    per('99 of 100', tally.spread.p99Ms),
    { what: 'last tenth to first', value: last / first, unit: '×', budget: { atLeast: MIN_LAST_TENTH } },
    { what: 'answered 201', value: count(201), unit: 'requests', budget: 'none' },
    { what: 'answered 200 (repeats)', value: count(200), unit: 'requests', budget: 'none' },
    {
      what: 'told to come back, and came back',
      value: tally.requests - count(201) - count(200),
      unit: 'requests',
      budget: 'none',
    },
  ]
}

const truthRows = (
  people: number,
  accepted: readonly string[],
  { numbers }: Standing,
  { contradictions }: Outcome,
): readonly Measured[] => {
  const stored = new Set(numbers)
  const lost = accepted.filter((number) => !stored.has(number)).length
  return [
    { what: 'people without an answer', value: people - accepted.length, unit: 'people', budget: { atMost: 0 } },
    { what: 'accepted but lost', value: lost, unit: 'registrations', budget: { atMost: 0 } },
    { what: 'stored twice', value: numbers.length - stored.size, unit: 'registrations', budget: { atMost: 0 } },
    {
      what: 'stored but nobody’s',
      value: stored.size - new Set(accepted).size,
      unit: 'registrations',
      budget: { atMost: 0 },
    },
    { what: 'repeats with another answer', value: contradictions, unit: 'requests', budget: { atMost: 0 } },
  ]
}
