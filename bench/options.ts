// What the command may be told.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

export const benchNames = ['registration', 'start'] as const
export type BenchName = (typeof benchNames)[number]

/** DESIGN §9. The smallest number is where tenths and repeats still mean something. */
const DEFAULT_REGISTRATIONS = 100_000
const MIN_REGISTRATIONS = 2_000
const MAX_REGISTRATIONS = 1_000_000
const MAX_WORKERS = 64

export interface Options {
  readonly help: boolean
  readonly names: readonly BenchName[]
  readonly json: string | undefined
  readonly docs: boolean
  readonly registrations: number
  readonly workers: number
}

export class Misunderstood extends Error {
  override readonly name = 'Misunderstood'
}

export const HELP = `npm run bench [-- NAME…] [--json FILE] [--docs] [--registrations N]

  Measures the city on this machine against its budgets (docs/budgets.md). Without a name, everything:
    registration  calls and units, throughput and latency at 250 in flight, processor time by part,
                  the engine alone and one central host beside it, import time of the function
    start         npm start, the first time and the second

  --json FILE         also writes the rows as JSON
  --docs              also writes the table into docs/budgets.md
  --registrations N   how many people register (${DEFAULT_REGISTRATIONS.toLocaleString('en')})
  WORKERS             workers of the stage (one per core)

  Ends with 0 when all budgets are met, 1 when one is missed, 2 when the bench itself failed.
`

export const readOptions = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options => {
  const { values, positionals } = parse(args)
  const names = positionals.map(nameOf)
  return {
    help: values.help ?? false,
    names: names.length === 0 ? benchNames : names,
    json: values.json,
    docs: values.docs ?? false,
    registrations: whole(
      '--registrations',
      values.registrations,
      DEFAULT_REGISTRATIONS,
      MIN_REGISTRATIONS,
      MAX_REGISTRATIONS,
    ),
    workers: whole('WORKERS', environment.WORKERS, Math.min(availableParallelism(), MAX_WORKERS), 1, MAX_WORKERS),
  }
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'string' },
        docs: { type: 'boolean' },
        registrations: { type: 'string' },
      },
    })
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message.split('. ')[0] : String(thrown)
    throw new Misunderstood(`${why}. See npm run bench -- --help.`)
  }
}

const nameOf = (given: string): BenchName => {
  const name = benchNames.find((known) => known === given)
  if (name) return name
  throw new Misunderstood(`The bench knows ${benchNames.join(' and ')}, not "${given}".`)
}

const whole = (name: string, given: string | undefined, otherwise: number, low: number, high: number): number => {
  if (given === undefined || given === '') return otherwise
  const value = Number(given)
  if (Number.isInteger(value) && value >= low && value <= high) return value
  throw new Misunderstood(`${name} must be a whole number from ${low} to ${high}, not "${given}".`)
}
