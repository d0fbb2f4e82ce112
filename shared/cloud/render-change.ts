// Changes as DynamoDB update expressions. `apply-change.ts` is the same table for the memory adapter: change both.
import type { Change } from '../kernel/records.ts'
import type { Row } from './attribute-values.ts'
import type { Expression } from './expression.ts'

/** `undefined` when there is nothing to change: DynamoDB takes no empty expression. */
export const renderChange = (change: Change<Row>, expression: Expression): string | undefined => {
  const clauses = [
    clause('SET', [...sets(change, expression), ...appends(change, expression)]),
    clause('ADD', adds(change, expression)),
    clause('REMOVE', (change.clear ?? []).map(expression.name)),
  ].filter((text) => text !== '')
  return clauses.length === 0 ? undefined : clauses.join(' ')
}

const clause = (verb: string, parts: readonly string[]): string =>
  parts.length === 0 ? '' : `${verb} ${parts.join(', ')}`

const given = (attributes: Readonly<Row> | undefined): [string, unknown][] =>
  Object.entries(attributes ?? {}).filter(([, value]) => value !== undefined)

const sets = (change: Change<Row>, expression: Expression): string[] =>
  given(change.set).map(([attribute, value]) => `${expression.name(attribute)} = ${expression.value(value)}`)

const adds = (change: Change<Row>, expression: Expression): string[] =>
  given(change.add).map(([attribute, value]) => `${expression.name(attribute)} ${expression.value(value)}`)

const appends = (change: Change<Row>, expression: Expression): string[] =>
  given(change.append).map(([attribute, values]) => {
    const name = expression.name(attribute)
    return `${name} = list_append(if_not_exists(${name}, ${expression.value([])}), ${expression.value(values)})`
  })
