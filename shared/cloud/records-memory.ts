// Records in memory, by the same words: for tests and the simulator. Every verb is one synchronous turn, hence atomic.
import type { Condition } from '../kernel/condition.ts'
import type { Page, Range, Records, Step, UnmetStep } from '../kernel/records.ts'
import type { Result } from '../kernel/result.ts'
import { accept } from '../kernel/result.ts'
import type { ItemOf, Table } from '../kernel/table.ts'
import { changed } from './apply-change.ts'
import type { Row } from './attribute-values.ts'
import { copyOf } from './attribute-values.ts'
import { holds } from './evaluate-condition.ts'
import type { MemoryTables } from './memory-tables.ts'
import { memoryTables } from './memory-tables.ts'
import { checkChange, checkKeys, checkRange, checkSteps, keyHolder, keyOf } from './misuse.ts'
import { boundsOf } from './page-bounds.ts'
import { parseRow } from './parse-row.ts'
import { compareBytes } from './sort-order.ts'

export const memoryRecords = (): Records => {
  const tables = memoryTables()
  const read = <T extends Table>(table: T, key: Readonly<Row>): ItemOf<T> | undefined => {
    const row = tables.read(table, key)
    return row && parseRow(table, row)
  }
  /** The row, when it is there and the condition holds; else what was found. */
  const aimAt = <T extends Table>(table: T, key: Readonly<Row>, under: Condition) => {
    const row = tables.read(table, keyOf(table, key))
    if (row && holds(table, under, row)) return { ok: true, row } as const
    return { ok: false, refusal: row ? { found: parseRow(table, row) } : {} } as const
  }
  return {
    get: (table, key) => inOneTurn(() => read(table, key)),
    getMany: (table, keys) =>
      inOneTurn(() => {
        checkKeys(table, keys)
        return keys.map((key) => read(table, key))
      }),
    list: (table, range) => inOneTurn(() => pageOf(tables, table, range)),
    putIfAbsent: (table, item) =>
      inOneTurn(() => {
        const found = read(table, item)
        if (found) return { ok: false, refusal: { found } }
        tables.write(table, item, item)
        return accept(item)
      }),
    change: (table, key, change, under) =>
      inOneTurn(() => {
        checkChange(table, change)
        const aim = aimAt(table, key, under)
        if (!aim.ok) return aim
        const next = changed(table, aim.row, change)
        tables.write(table, key, next)
        return accept(parseRow(table, next))
      }),
    remove: (table, key, under) =>
      inOneTurn(() => {
        const aim = aimAt(table, key, under)
        if (!aim.ok) return aim
        tables.write(table, key, undefined)
        return accept(parseRow(table, aim.row))
      }),
    together: (steps) => inOneTurn(() => together(tables, steps)),
  }
}

/** What it throws becomes a rejection, as from any engine. */
const inOneTurn = <Value>(work: () => Value): Promise<Value> => new Promise((resolve) => resolve(work()))

const pageOf = <T extends Table>(tables: MemoryTables, table: T, range: Range): Page<ItemOf<T>> => {
  checkRange(table, range)
  const bounds = boundsOf(range)
  if (bounds === undefined) return { items: [] }
  const { from, to, after } = bounds
  const direction = range.descending ? -1 : 1
  const slots = tables
    .partition(table, range.partition)
    .filter(
      ({ sort }) =>
        (from === undefined || compareBytes(sort, from) >= 0) &&
        (to === undefined || compareBytes(sort, to) <= 0) &&
        (after === undefined || compareBytes(sort, after) * direction > 0),
    )
  const page = (range.descending ? slots.toReversed() : slots).slice(0, range.limit)
  const items = page.map(({ row }) => parseRow(table, copyOf(row)))
  const last = page.length === range.limit && table.sortKey !== undefined ? page.at(-1) : undefined
  return last ? { items, after: last.sort } : { items }
}

/** All conditions are looked at first, then all changes are made on paper, and only then is anything written. */
const together = (tables: MemoryTables, steps: readonly Step[]): Result<void, UnmetStep> => {
  checkSteps(steps)
  const rows = steps.map((step) => tables.read(step.table, keyHolder(step)))
  const index = steps.findIndex((step, at) => !isMet(step, rows[at]))
  const unmet = steps[index]
  if (unmet !== undefined) {
    const row = rows[index]
    return { ok: false, refusal: row ? { index, found: parseRow(unmet.table, row) } : { index } }
  }
  const next = steps.map((step, at) => nextRow(step, rows[at] ?? {}))
  for (const [at, step] of steps.entries()) tables.write(step.table, keyHolder(step), next[at])
  return accept(undefined)
}

const isMet = (step: Step, row: Row | undefined): boolean => {
  if (step.step === 'put') return row === undefined
  return row !== undefined && holds(step.table, step.under, row)
}

const nextRow = (step: Step, row: Row): Row | undefined => {
  switch (step.step) {
    case 'put':
      return copyOf(step.item)
    case 'change':
      return changed(step.table, row, step.change)
    case 'remove':
      return undefined
    case 'check':
      return row
  }
}
