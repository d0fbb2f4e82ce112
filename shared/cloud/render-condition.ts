// Conditions as DynamoDB expressions. `evaluate-condition.ts` is the same table for the memory adapter: change both.
import type { Condition, Test } from '../kernel/condition.ts'
import { testOf } from '../kernel/condition.ts'
import { assertNever } from '../kernel/result.ts'
import type { Table } from '../kernel/table.ts'
import type { Expression } from './expression.ts'
import { Misuse } from './misuse.ts'

/** DynamoDB's own bound on the operands of IN. */
export const MAX_ALTERNATIVES = 100

/** The item is there, and all tests hold. */
export const renderUnder = (table: Table, under: Condition, expression: Expression): string => {
  const isThere = `attribute_exists(${expression.name(table.partitionKey)})`
  return [isThere, ...testsOf(table, under).map(([attribute, test]) => render(attribute, test, expression))].join(
    ' AND ',
  )
}

/** An attribute whose test is `undefined` would be a condition that vanished. */
export const testsOf = (table: Table, under: Condition): readonly (readonly [string, Test])[] =>
  Object.entries(under).map(([attribute, wanted]) => {
    if (wanted === undefined) throw new Misuse(`${table.name}: the condition on ${attribute} is undefined`)
    const test = testOf(wanted)
    if (test.test === 'oneOf' && test.values.length > MAX_ALTERNATIVES)
      throw new Misuse(`${table.name}: more than ${MAX_ALTERNATIVES} alternatives for ${attribute}`)
    return [attribute, test]
  })

const render = (attribute: string, test: Test, expression: Expression): string => {
  const name = expression.name(attribute)
  switch (test.test) {
    case 'absent':
      return `attribute_not_exists(${name})`
    case 'present':
      return `attribute_exists(${name})`
    case 'equals':
      return `${name} = ${expression.value(test.value)}`
    case 'differs':
      // By itself `<>` also holds for a missing attribute.
      return `(attribute_exists(${name}) AND ${name} <> ${expression.value(test.value)})`
    case 'atLeast':
      return `${name} >= ${expression.value(test.value)}`
    case 'atMost':
      return `${name} <= ${expression.value(test.value)}`
    case 'oneOf':
      return renderOneOf(name, test.values.map(expression.value))
    case 'contains':
      // By itself `contains` also finds a part of a string.
      return `(attribute_type(${name}, ${expression.value('L')}) AND contains(${name}, ${expression.value(test.value)}))`
    case 'lacks':
      return renderLacks(name, expression.value('L'), expression.value(test.value))
    default:
      return assertNever(test)
  }
}

// Of no alternatives none can hold, and DynamoDB does not take an empty IN.
const renderOneOf = (name: string, values: readonly string[]): string =>
  values.length === 0
    ? `(attribute_exists(${name}) AND attribute_not_exists(${name}))`
    : `${name} IN (${values.join(', ')})`

const renderLacks = (name: string, list: string, value: string): string =>
  `(attribute_not_exists(${name}) OR (attribute_type(${name}, ${list}) AND NOT contains(${name}, ${value})))`
