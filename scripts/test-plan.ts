// Which checks and which kinds of tests a command line asks for.
import { parseArgs } from 'node:util'

/** Each kind and the vitest projects that hold it: laws about the tree are a project of their own, for the quick loop. */
const projectsOf = {
  unit: ['unit'],
  property: ['property'],
  law: ['house', 'law'],
  engine: ['engine'],
  stage: ['stage'],
} as const
type Kind = keyof typeof projectsOf

const kinds: readonly string[] = Object.keys(projectsOf)
const isKind = (word: string): word is Kind => kinds.includes(word)

export const help = `npm test -- [--kind KIND]... [--quick] [FILTER]...

Runs the type check, the linter and every test, and ends with "N passed, N failed".

  --kind KIND   only tests of this kind: ${kinds.join(', ')}, or checks (type check and linter)
  --quick       the quick loop: checks, unit and property tests, and the laws about the tree
  FILTER        only test files whose path contains this

SEED=N repeats a property run. With CI set, whatever had to be left out is a failure.`

export interface Plan {
  readonly checks: boolean
  /** Empty: no tests at all. */
  readonly projects: readonly string[]
  readonly filters: readonly string[]
}

export type Planned = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly sentence: string }

const everything: readonly Kind[] = ['unit', 'property', 'law', 'engine', 'stage']
const QUICK = ['unit', 'property', 'house']

export const planOf = (words: readonly string[]): Planned | 'help' => {
  const read = readWords(words)
  if (typeof read === 'string') return { ok: false, sentence: read }
  if (read.help) return 'help'
  const asked = read.kind.flatMap((word) => word.split(','))
  const unknown = asked.find((word) => word !== 'checks' && !isKind(word))
  if (unknown !== undefined) {
    return { ok: false, sentence: `There is no kind "${unknown}"; the kinds are ${kinds.join(', ')} and checks.` }
  }
  const filters = read.filters
  if (read.quick) return { ok: true, plan: { checks: true, projects: QUICK, filters } }
  const wanted = asked.length === 0 ? everything : asked.filter(isKind)
  const checks = asked.includes('checks') || (asked.length === 0 && filters.length === 0)
  return { ok: true, plan: { checks, projects: wanted.flatMap((kind) => projectsOf[kind]), filters } }
}

const readWords = (words: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        kind: { type: 'string', multiple: true, default: [] },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return { ...values, filters: positionals }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
