// What was measured, row by row, against what was promised (DESIGN §9): as a table for people, as JSON for machines, and
// as an exit status. A row without a budget reports and never fails.

export type Budget =
  | { readonly atMost: number }
  | { readonly atLeast: number }
  /** Reported, not promised. */
  | 'none'

export interface Measured {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly budget: Budget
  /** An aim is shown like a budget, but missing it fails nothing. */
  readonly isAim?: true
}

/** What this machine could not measure, and why. */
export interface LeftOut {
  readonly what: string
  readonly why: string
}

export interface Findings {
  readonly rows: readonly Measured[]
  readonly leftOut: readonly LeftOut[]
}

export interface Row {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly budget: string
  readonly ok: boolean
}

export const exitStatus = { met: 0, missed: 1, failed: 2 } as const

const numeral = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 })
/** Whole numbers are exact. */
export const shown = (value: number): string =>
  Number.isInteger(value) ? value.toLocaleString('en') : numeral.format(value)

const isMet = (value: number, budget: Budget): boolean => {
  if (budget === 'none') return true
  // Not a number is never good enough.
  return 'atMost' in budget ? value <= budget.atMost : value >= budget.atLeast
}

const budgetText = ({ budget, isAim }: Measured): string => {
  if (budget === 'none') return ''
  const text = 'atMost' in budget ? `≤ ${shown(budget.atMost)}` : `≥ ${shown(budget.atLeast)}`
  return isAim ? `aim ${text}` : text
}

export const rowsOf = (measured: readonly Measured[]): readonly Row[] =>
  measured.map((each) => ({
    what: each.what,
    value: each.value,
    unit: each.unit,
    budget: budgetText(each),
    ok: each.isAim === true || isMet(each.value, each.budget),
  }))

export const statusOf = (rows: readonly Row[]): number =>
  rows.every((row) => row.ok) ? exitStatus.met : exitStatus.missed

const verdictOf = (each: Measured): string => {
  if (each.budget === 'none') return ''
  if (isMet(each.value, each.budget)) return 'ok'
  return each.isAim ? 'below the aim' : 'MISSED'
}

export const cellsOf = (measured: readonly Measured[]): readonly (readonly string[])[] =>
  measured.map((each) => [each.what, shown(each.value), each.unit, budgetText(each), verdictOf(each)])

const HEADINGS = ['what', 'value', 'unit', 'budget', ''] as const

export const tableOf = ({ rows, leftOut }: Findings): string => {
  const cells = [HEADINGS, ...cellsOf(rows)]
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)))
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
  const missing = leftOut.map(({ what, why }) => `left out: ${what}: ${why}`)
  return `${[...cells.map((row) => lineOf(row).trimEnd()), ...missing].join('\n')}\n`
}

export const jsonOf = (rows: readonly Row[]): string => `${JSON.stringify(rows, null, 2)}\n`
