// The command: measures, prints the table, writes what was asked for, and says by its exit status how it went.
import { writeFileSync } from 'node:fs'
import { writeDocs } from './docs.ts'
import { machineText } from './machine.ts'
import { HELP, Misunderstood, type Options, readOptions } from './options.ts'
import { measureRegistration } from './registration/measure.ts'
import { exitStatus, type Findings, jsonOf, rowsOf, statusOf, tableOf } from './rows.ts'
import { type Say, sayOn } from './say.ts'
import { measureStart } from './start/start.ts'

const measure = async ({ names, registrations, workers }: Options, say: Say): Promise<Findings> => {
  const found: Findings[] = []
  if (names.includes('registration')) found.push(await measureRegistration(registrations, workers, say))
  if (names.includes('start')) found.push(await measureStart(workers, say))
  return { rows: found.flatMap(({ rows }) => rows), leftOut: found.flatMap(({ leftOut }) => leftOut) }
}

const run = async (options: Options): Promise<number> => {
  process.stdout.write(`Measuring on ${machineText()}\n`)
  const findings = await measure(options, sayOn(process.stderr))
  const rows = rowsOf(findings.rows)
  process.stdout.write(`\n${tableOf(findings)}`)
  if (options.json !== undefined) writeFileSync(options.json, jsonOf(rows))
  if (options.docs) writeDocs(findings)
  return statusOf(rows)
}

const main = async (): Promise<number> => {
  const options = readOptions(process.argv.slice(2), process.env)
  if (!options.help) return run(options)
  process.stdout.write(HELP)
  return exitStatus.met
}

try {
  process.exit(await main())
} catch (thrown) {
  const isOurs = thrown instanceof Misunderstood || !(thrown instanceof Error)
  process.stderr.write(
    `${isOurs ? String(thrown).replace(/^Misunderstood: /, '') : (thrown.stack ?? thrown.message)}\n`,
  )
  process.exit(exitStatus.failed)
}
