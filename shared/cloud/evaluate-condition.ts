// Conditions evaluated on a row as DynamoDB would. `render-condition.ts` is the same table for the cloud: change both.
import type { Condition, Test } from '../kernel/condition.ts'
import { assertNever } from '../kernel/result.ts'
import type { Table } from '../kernel/table.ts'
import type { Row } from './attribute-values.ts'
import { testsOf } from './render-condition.ts'
import { compareBytes } from './sort-order.ts'

export const holds = (table: Table, under: Condition, row: Readonly<Row>): boolean =>
  testsOf(table, under).every(([attribute, test]) => passes(test, row[attribute]))

const passes = (test: Test, value: unknown): boolean => {
  switch (test.test) {
    case 'absent':
      return value === undefined
    case 'present':
      return value !== undefined
    case 'equals':
      return value === test.value
    case 'differs':
      return value !== undefined && value !== test.value
    case 'atLeast':
      return isOrdered(value, test.value, (order) => order >= 0)
    case 'atMost':
      return isOrdered(value, test.value, (order) => order <= 0)
    case 'oneOf':
      return test.values.some((wanted) => wanted === value)
    case 'contains':
      return Array.isArray(value) && value.includes(test.value)
    case 'lacks':
      return value === undefined || (Array.isArray(value) && !value.includes(test.value))
    default:
      return assertNever(test)
  }
}

/** Values of two kinds have no order, so no test of order holds for them. */
const isOrdered = (value: unknown, bound: string | number, fits: (order: number) => boolean): boolean => {
  if (typeof value === 'number' && typeof bound === 'number') return fits(value - bound)
  if (typeof value === 'string' && typeof bound === 'string') return fits(compareBytes(value, bound))
  return false
}
