// docs/budgets.md: the part between the marks is written from a run, the rest by people.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machineText } from './machine.ts'
import { cellsOf, type Findings } from './rows.ts'
import { root } from './stage.ts'

const FROM = '<!-- measured: written by npm run bench -- --docs -->'
const TO = '<!-- end of measured -->'
const FILE = 'docs/budgets.md'

export interface Occasion {
  readonly date: string
  readonly machine: string
  readonly commit: string
}

export const occasionNow = (): Occasion => ({
  date: new Date().toISOString().slice(0, 10),
  machine: machineText(),
  commit: commitNow(),
})

/** A tree with changes is said to have them; a copy without git has no commit. */
const commitNow = (): string => {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', '.', `:!${FILE}`)
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed === '' ? '' : ' and changes'}`
  } catch {
    return 'unknown'
  }
}

export const measuredText = ({ rows, leftOut }: Findings, occasion: Occasion): string =>
  [
    `Date ${occasion.date} · machine: ${occasion.machine} · commit ${occasion.commit}`,
    '',
    '| What | Measured | Unit | Budget | |',
    '|---|---:|---|---|---|',
    ...cellsOf(rows).map((cells) => `| ${cells.join(' | ')} |`),
    ...leftOut.map(({ what, why }) => `| ${what} | left out | | | ${why} |`),
  ].join('\n')

export const replaceMeasured = (document: string, text: string): string => {
  const from = document.indexOf(FROM)
  const to = document.indexOf(TO)
  if (from < 0 || to < from) throw new Error(`${FILE} lacks the marks between which the table stands`)
  return `${document.slice(0, from + FROM.length)}\n\n${text}\n\n${document.slice(to)}`
}

export const writeDocs = (findings: Findings): void => {
  const file = join(root, FILE)
  writeFileSync(file, replaceMeasured(readFileSync(file, 'utf8'), measuredText(findings, occasionNow())))
}
