// Changes applied to a row as DynamoDB would. `render-change.ts` is the same table for the cloud: change both.
import type { Change } from '../kernel/records.ts'
import type { Table } from '../kernel/table.ts'
import type { Row } from './attribute-values.ts'
import { copyOf } from './attribute-values.ts'
import { Misuse } from './misuse.ts'

/** A new row; the old one is left as it is. */
export const changed = (table: Table, row: Readonly<Row>, change: Change<Row>): Row => {
  const next: Row = { ...row, ...copyOf(change.set ?? {}) }
  for (const [attribute, amount] of Object.entries(change.add ?? {}))
    if (amount !== undefined) next[attribute] = numberAt(table, row, attribute) + amount
  for (const [attribute, values] of Object.entries(change.append ?? {}))
    if (values !== undefined) next[attribute] = [...listAt(table, row, attribute), ...values]
  for (const attribute of change.clear ?? []) delete next[attribute]
  return copyOf(next)
}

const numberAt = (table: Table, row: Readonly<Row>, attribute: string): number => {
  const value = row[attribute] === undefined ? 0 : row[attribute]
  if (typeof value !== 'number') throw new Misuse(`${table.name}: ${attribute} is not a number`)
  return value
}

const listAt = (table: Table, row: Readonly<Row>, attribute: string): readonly unknown[] => {
  const value = row[attribute] === undefined ? [] : row[attribute]
  if (!Array.isArray(value)) throw new Misuse(`${table.name}: ${attribute} is not a list`)
  return value
}
