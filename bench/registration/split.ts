// Where the processor time of a registration goes. The whole of each process comes from /proc during the great storm; the
// worker's main thread is then divided by the shares of a V8 profile, taken on a stage of its own with one worker and few
// in flight, since samples are of wall time and on full cores they would count waiting as work.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Findings, Measured } from '../rows.ts'
import type { Say } from '../say.ts'
import { startStage } from '../stage.ts'
import { openCampaign } from './campaign.ts'
import { canReadProcessors } from './processor.ts'
import { type Part, Profile, parts, sharesOf } from './profile-parts.ts'
import { type StormOnStage, stormOn } from './throughput.ts'

const PROFILED_PEOPLE = 5_000
const PROFILED_IN_FLIGHT = 8

export const splitOf = async (storm: StormOnStage, say: Say): Promise<Findings> => {
  if (!canReadProcessors)
    return { rows: [], leftOut: [{ what: 'processor time by part', why: 'this machine has no /proc' }] }
  say.line(`a profile of one worker over ${PROFILED_PEOPLE.toLocaleString('en')} registrations`)
  const shares = await profiledShares(say)
  const { tally } = storm.outcome
  const row = (what: string, ms: number): Measured => ({
    what: `processor time, ${what}`,
    value: Math.round((ms * 1_000) / tally.requests),
    unit: 'µs/request',
    budget: 'none',
  })
  const rows = [
    row('load generator', tally.cpuMs),
    ...parts.map((part) => row(part, storm.workers.mainMs * (shares.get(part) ?? 0))),
    row('workers’ other threads (signatures, garbage)', storm.workers.allMs - storm.workers.mainMs),
    row('engine', storm.engine.allMs),
  ]
  return { rows, leftOut: [] }
}

const profiledShares = async (say: Say): Promise<ReadonlyMap<Part, number>> => {
  const folder = mkdtempSync(join(tmpdir(), 'tongquan-bench-profile-'))
  try {
    const environment = { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` }
    const stage = await startStage({ workers: 1, environment })
    const [worker] = stage.pids.workers
    const storm = await openCampaign(stage.origin)
      .then((campaign) => stormOn(stage, campaign, { people: PROFILED_PEOPLE, inFlight: PROFILED_IN_FLIGHT }, say))
      .finally(stage.stop)
    // `CPU.<date>.<time>.<pid>.<thread>.<count>.cpuprofile`
    const file = readdirSync(folder).find((name) => name.split('.')[3] === String(worker))
    if (file === undefined) throw new Error('the worker left no profile')
    return sharesOf(Profile.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))), storm.outcome.tally)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
