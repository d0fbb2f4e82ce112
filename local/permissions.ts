// Whether a role's policies allow a call: an explicit denial wins, and nothing is allowed that is not granted. The part of IAM's
// language that the city's roles use; a condition it does not know makes a statement apply to nothing.
import { type Fields, fieldsOf, listOf } from './template/json.ts'
import type { Statement } from './template/plan.ts'

export interface Asked {
  /** `dynamodb:PutItem` */
  readonly action: string
  /** The resource's ARN. */
  readonly resource: string
  /** Condition keys and their values, in lower case: `kms:encryptioncontext:purpose`. */
  readonly context: Readonly<Record<string, string>>
}

export const isAllowed = (statements: readonly Statement[], asked: Asked): boolean => {
  const applying = statements.filter((statement) => applies(statement, asked))
  return (
    applying.some((statement) => statement.effect === 'Allow') &&
    !applying.some((statement) => statement.effect === 'Deny')
  )
}

const applies = (statement: Statement, asked: Asked): boolean =>
  statement.actions.some((pattern) => matches(pattern.toLowerCase(), asked.action.toLowerCase())) &&
  statement.resources.some((pattern) => matches(pattern, asked.resource)) &&
  Object.entries(statement.conditions).every(([operator, wanted]) => holds(operator, fieldsOf(wanted), asked.context))

/** `*` any characters, `?` one. */
export const matches = (pattern: string, text: string): boolean => {
  if (!/[*?]/.test(pattern)) return pattern === text
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(text)
}

type Operator = (value: string | undefined, wanted: readonly string[]) => boolean

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: (value, wanted) => value !== undefined && wanted.includes(value),
  StringNotEquals: (value, wanted) => value === undefined || !wanted.includes(value),
  StringLike: (value, wanted) => value !== undefined && wanted.some((pattern) => matches(pattern, value)),
  Bool: (value, wanted) => value !== undefined && wanted.includes(value),
  Null: (value, wanted) => wanted.includes(String(value === undefined)),
}

const holds = (operator: string, wanted: Fields, context: Readonly<Record<string, string>>): boolean => {
  const bare = operator.replace(/^For(AllValues|AnyValue):/, '')
  const check = operators[bare.replace(/IfExists$/, '')]
  if (!check) return false
  return Object.entries(wanted).every(([key, values]) => {
    const value = context[key.toLowerCase()]
    if (value === undefined && bare.endsWith('IfExists')) return true
    return check(value, listOf(values).map(String))
  })
}
