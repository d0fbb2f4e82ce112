// What the command and the environment may say.
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf, Sentence } from './sentence.ts'

export const DEFAULT_PORT = 4_700
const MAX_WORKERS = 64
const faultKinds = ['throttle', 'duplicate', 'stale', 'slow', 'crash', 'lose-queue'] as const
export type FaultKind = (typeof faultKinds)[number]

export interface Chaos {
  readonly kinds: readonly FaultKind[]
  /** Names of tables, as in the template or as the city calls them, that cannot be reached. */
  readonly tables: readonly string[]
  readonly seed: number
}

export interface Options {
  readonly help: boolean
  readonly port: number
  readonly dataDir: string
  readonly workers: number
  readonly dynamodbEndpoint: string | undefined
  readonly permissions: boolean
  readonly chaos: Chaos | undefined
  /** An assembly made elsewhere, instead of synthesizing. */
  readonly assembly: string | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

export const readOptions = (args: readonly string[], environment: Environment, randomSeed: () => number): Options => {
  const { values } = parse(args)
  return {
    help: values.help ?? false,
    port: whole('PORT', environment['PORT'], DEFAULT_PORT, 0, 65_535),
    dataDir: resolve(environment['DATA_DIR'] || '.tongquan'),
    workers: whole('WORKERS', environment['WORKERS'], Math.min(availableParallelism(), MAX_WORKERS), 1, MAX_WORKERS),
    dynamodbEndpoint: endpoint(environment['DYNAMODB_ENDPOINT']),
    permissions: values.permissions ?? false,
    chaos: chaosOf(values.chaos, values.seed, randomSeed),
    assembly: values.assembly === undefined ? undefined : resolve(values.assembly),
  }
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        chaos: { type: 'string' },
        seed: { type: 'string' },
        permissions: { type: 'boolean' },
        assembly: { type: 'string' },
      },
    })
  } catch (thrown) {
    throw new Sentence(`${messageOf(thrown).split('. ')[0]}. See node local/start.ts --help.`)
  }
}

const whole = (name: string, given: string | undefined, otherwise: number, low: number, high: number): number => {
  if (given === undefined || given === '') return otherwise
  const value = Number(given)
  if (Number.isInteger(value) && value >= low && value <= high) return value
  throw new Sentence(`${name} must be a whole number from ${low} to ${high}, not "${given}".`)
}

const endpoint = (given: string | undefined): string | undefined => {
  if (!given) return undefined
  if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return given.replace(/\/$/, '')
  throw new Sentence(`DYNAMODB_ENDPOINT must be an address like http://localhost:8000, not "${given}".`)
}

const chaosOf = (list: string | undefined, seed: string | undefined, randomSeed: () => number): Chaos | undefined => {
  if (list === undefined) {
    if (seed !== undefined) throw new Sentence('--seed belongs to --chaos.')
    return undefined
  }
  const kinds: FaultKind[] = []
  const tables: string[] = []
  for (const name of list.split(',').filter((each) => each !== '')) {
    const kind = faultKinds.find((each) => each === name)
    if (kind) kinds.push(kind)
    else if (name.startsWith('table:') && name.length > 'table:'.length) tables.push(name.slice('table:'.length))
    else throw new Sentence(`--chaos knows ${faultKinds.join(', ')} and table:NAME, not "${name}".`)
  }
  if (kinds.length + tables.length === 0)
    throw new Sentence(`--chaos needs a list of ${faultKinds.join(', ')}, table:NAME.`)
  return { kinds, tables, seed: seed === undefined ? randomSeed() : whole('--seed', seed, 0, 0, 2 ** 32 - 1) }
}
