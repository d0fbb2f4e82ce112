// What tests, the bench and people with a debugger want to know of a stage that runs: DATA_DIR/stage.json.
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Brief } from './brief.ts'
import type { Crew } from './crew.ts'

export const writeState = (brief: Brief, crew: Crew): (() => void) => {
  const file = join(brief.dataDir, 'stage.json')
  const state = {
    origin: brief.origin,
    direct: `http://127.0.0.1:${brief.directPort}`,
    ...brief.endpoints,
    region: brief.plan.region,
    workers: brief.workers,
    pids: { primary: process.pid, workers: crew.pids(), engine: brief.enginePid ?? null },
    agencyKeys: brief.agencyKeys,
    tables: brief.plan.tables.map((table) => table.name),
    queues: brief.plan.queues.map(({ name, url }) => ({ name, url })),
    buckets: brief.plan.buckets.map((bucket) => bucket.name),
    functions: brief.plan.functions.map((each) => each.name),
  }
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return () => rmSync(file, { force: true })
}
