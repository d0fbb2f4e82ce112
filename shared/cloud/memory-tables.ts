// Rows in memory, sorted as DynamoDB sorts them. Rows go in and out as deep copies, so nobody changes what is kept by
// holding on to it.
import type { Table } from '../kernel/table.ts'
import type { Row } from './attribute-values.ts'
import { copyOf } from './attribute-values.ts'
import { keyOf } from './misuse.ts'
import { compareBytes } from './sort-order.ts'

interface Slot {
  readonly sort: string
  row: Row
}

export interface MemoryTables {
  read(table: Table, from: Readonly<Row>): Row | undefined
  /** `undefined` takes the row away. */
  write(table: Table, from: Readonly<Row>, row: Row | undefined): void
  /** All rows of a partition, in the order of the sort key. */
  partition(table: Table, partition: string): readonly Readonly<Slot>[]
}

export const memoryTables = (): MemoryTables => {
  const partitions = new Map<string, Slot[]>()
  const slotsOf = (table: Table, partition: string): Slot[] => {
    const name = JSON.stringify([table.name, partition])
    const slots = partitions.get(name) ?? []
    partitions.set(name, slots)
    return slots
  }
  const find = (table: Table, from: Readonly<Row>) => {
    const [partition = '', sort = ''] = Object.values(keyOf(table, from))
    const slots = slotsOf(table, partition)
    const at = placeOf(slots, sort)
    return { slots, at, sort, slot: slots[at]?.sort === sort ? slots[at] : undefined }
  }
  return {
    read(table, from) {
      const { slot } = find(table, from)
      return slot && copyOf(slot.row)
    },
    write(table, from, row) {
      const { slots, at, sort, slot } = find(table, from)
      slots.splice(at, slot ? 1 : 0, ...(row ? [{ sort, row: copyOf(row) }] : []))
    },
    partition: slotsOf,
  }
}

/** Where the sort key stands or would stand; by halves, so that a long partition stays quick. */
const placeOf = (slots: readonly Slot[], sort: string): number => {
  let low = 0
  let high = slots.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareBytes(slots[middle]?.sort ?? '', sort) < 0) low = middle + 1
    else high = middle
  }
  return low
}
