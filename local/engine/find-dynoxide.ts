// Finds the engine's binary for this platform; adds its package beside the others, without saving it, when it is missing.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Sentence } from '../sentence.ts'
import { fieldsOf } from '../template/json.ts'

const INSTALL_PATIENCE_MS = 120_000

export interface Machine {
  readonly platform: string
  readonly arch: string
}

type Install = (wanted: string, workshop: string) => Promise<void>

export const findDynoxide = async (
  root: string,
  machine: Machine,
  say: (line: string) => void,
  add?: Install,
): Promise<string> => {
  const name = `@dynoxide/${machine.platform}-${machine.arch}`
  const file = machine.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide'
  const workshop = join(root, 'node_modules', '.cache', 'dynoxide')
  const places = [join(root, 'node_modules', name, file), join(workshop, 'node_modules', name, file)]
  const found = () => places.find((place) => existsSync(place))
  const here = found()
  if (here) return here
  say(`adding ${name}, the record engine for this machine`)
  await (add ?? install)(`${name}@${versionIn(root)}`, workshop)
  const added = found()
  if (added) return added
  throw new Sentence(
    `There is no record engine for ${machine.platform}-${machine.arch}: the package ${name} cannot be installed. Set DYNAMODB_ENDPOINT to another engine, DynamoDB Local for one.`,
  )
}

const versionIn = (root: string): string => {
  const read: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const optional = fieldsOf(fieldsOf(read)['optionalDependencies'])
  const named = Object.entries(optional).find(([name]) => name.startsWith('@dynoxide/'))
  return String(named?.[1] ?? 'latest')
}

const install: Install = async (wanted, workshop) => {
  mkdirSync(workshop, { recursive: true })
  try {
    const options = { timeout: INSTALL_PATIENCE_MS, shell: process.platform === 'win32' }
    await promisify(execFile)(
      'npm',
      ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', workshop, wanted],
      options,
    )
  } catch {
    // Told by the caller: the package is still not there.
  }
}
