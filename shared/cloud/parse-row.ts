// Every row is parsed by its table's schema when it is read, so a bad row is found where it is read.
// The message says where it is bad and never what it holds: rows are about people.
import * as z from 'zod'
import type { ItemOf, Table } from '../kernel/table.ts'
import type { Row } from './attribute-values.ts'

export class BadRow extends Error {
  override readonly name = 'BadRow'
}

export const parseRow = <T extends Table>(table: T, row: Row): ItemOf<T> => {
  const parsed = z.safeParse<T['item']>(table.item, row)
  if (parsed.success) return parsed.data
  const places = parsed.error.issues.map((issue) => `${issue.path.map(String).join('.') || '(row)'} ${issue.code}`)
  throw new BadRow(`table ${table.name} holds a bad row: ${places.join(', ')}`)
}
