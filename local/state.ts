// What tests, the bench and people with a debugger want to know of a stage that runs: DATA_DIR/stage.json.
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Brief } from './brief.ts'

export interface StateFile {
  write(workerPids: readonly number[]): void
  remove(): void
}

/** `brief.endpoints` here are those without the wire: looking at the records is nobody's call. */
export const stateFile = (brief: Brief): StateFile => {
  const file = join(brief.dataDir, 'stage.json')
  const { plan } = brief
  return {
    write: (workers) => {
      const state = {
        origin: brief.origin,
        direct: `http://127.0.0.1:${brief.directPort}`,
        ...brief.endpoints,
        region: plan.region,
        workers: brief.workers,
        pids: { primary: process.pid, workers, ...(brief.enginePid === undefined ? {} : { engine: brief.enginePid }) },
        agencyKeys: brief.agencyKeys,
        tables: plan.tables.map((table) => table.name),
        queues: plan.queues.map(({ name, url }) => ({ name, url })),
        buckets: plan.buckets.map((bucket) => bucket.name),
        functions: plan.functions.map((each) => each.name),
      }
      writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${file}.new`, file)
    },
    remove: () => rmSync(file, { force: true }),
  }
}
