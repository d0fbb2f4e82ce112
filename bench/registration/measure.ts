// `registration`: counts first, then speed with its yardsticks in one run, then where the time goes and what an import costs.
import { measureCentralHost } from '../central/measure.ts'
import type { Tally } from '../load/tally.ts'
import type { Findings, Measured } from '../rows.ts'
import type { Say } from '../say.ts'
import { startStage } from '../stage.ts'
import { measureCounts } from './counts.ts'
import { measureEngineAlone } from './engine-alone.ts'
import { measureImport } from './import-time.ts'
import { splitOf } from './split.ts'
import { measureThroughput, type Throughput } from './throughput.ts'

const AIM_OF_ENGINE = 0.6
/** Yardsticks settle sooner than the storm. */
const MAX_YARDSTICK_PEOPLE = 30_000
const REGISTER = 'campaign-register'

export const measureRegistration = async (people: number, workers: number, say: Say): Promise<Findings> => {
  const counts = await measureCounts(workers, say)
  const throughput = await measureThroughput(people, workers, say)
  const fewer = Math.min(people, MAX_YARDSTICK_PEOPLE)
  const engine = await measureEngineAlone(fewer, say)
  const central = await measureCentralHost(fewer, workers, say)
  const split = await splitOf(throughput, say)
  const imported = await measureImport(await registerFolder(), say)
  return {
    rows: [
      ...counts,
      ...throughput.rows,
      ...engineRows(throughput, engine),
      ...central.rows,
      ...split.rows,
      ...imported,
    ],
    leftOut: [...central.leftOut, ...split.leftOut],
  }
}

const engineRows = ({ outcome }: Throughput, engine: Tally): readonly Measured[] => [
  { what: 'the engine alone, by bare HTTP', value: engine.perSecond, unit: '/s', budget: 'none' },
  { what: 'the engine alone, latency, mean', value: engine.spread.meanMs, unit: 'ms', budget: 'none' },
  {
    what: 'registrations to the engine alone',
    value: (outcome.tally.statuses[201] ?? 0) / outcome.tally.seconds / engine.perSecond,
    unit: '×',
    budget: { atLeast: AIM_OF_ENGINE },
    isAim: true,
  },
]

/** The code that the stage runs is where its template says. */
const registerFolder = async (): Promise<string> => {
  const stage = await startStage({ workers: 1 })
  await stage.stop()
  const folder = stage.functions.find(({ name }) => name.endsWith(REGISTER))?.directory
  if (folder === undefined) throw new Error('the stage has no function that registers')
  return folder
}
