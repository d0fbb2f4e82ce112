// What must be true of every function: its machine, its own role, its kept logs, and where its failures go.
import { at, type Found, listAt, nameOf, ofType, type StackTemplate, textOf } from './templates.ts'

const breaches = (found: readonly Found[], rule: string, holds: (resource: Found) => boolean): readonly string[] =>
  found.filter((resource) => !holds(resource)).map((resource) => `${nameOf(resource)}: ${rule}`)

const roleOf = ({ stack, properties }: Found) => `${stack} ${textOf(properties.Role)}`

/** Functions that somebody starts and does not wait for: their failures must be told to somebody else. */
const startedWithoutWaiting = (stack: StackTemplate): readonly string[] =>
  ofType([stack], 'AWS::Events::Rule').flatMap(({ properties }) =>
    listAt(properties, 'Targets').map((target) => textOf(at(target, 'Arn'))),
  )

const failureLaws = (stacks: readonly StackTemplate[]): readonly string[] =>
  stacks.flatMap((stack) => {
    const waited = startedWithoutWaiting(stack)
    const settings = ofType([stack], 'AWS::Lambda::EventInvokeConfig')
    const sources = ofType([stack], 'AWS::Lambda::EventSourceMapping')
    const isTold = ({ id }: Found) =>
      settings.some(
        ({ properties }) =>
          textOf(properties.FunctionName) === `<${id}>` &&
          typeof properties.MaximumRetryAttempts === 'number' &&
          at(properties, 'DestinationConfig', 'OnFailure', 'Destination') !== undefined,
      )
    const alone = ofType([stack], 'AWS::Lambda::Function').filter(({ id }) => waited.includes(`<${id}.Arn>`))
    return [
      ...breaches(alone, 'says how often it is tried and where its failures go', isTold),
      ...breaches(sources, 'answers which messages failed', ({ properties }) =>
        listAt(properties, 'FunctionResponseTypes').includes('ReportBatchItemFailures'),
      ),
    ]
  })

export const functionLaws = (stacks: readonly StackTemplate[]): readonly string[] => {
  const functions = ofType(stacks, 'AWS::Lambda::Function')
  const groups = ofType(stacks, 'AWS::Logs::LogGroup').map(({ stack, id }) => `${stack} <${id}>`)
  const roles = functions.map(roleOf)
  return [
    ...breaches(
      functions,
      'runs on arm64',
      ({ properties }) => textOf(listAt(properties, 'Architectures')[0]) === 'arm64',
    ),
    ...breaches(functions, 'runs on nodejs24.x', ({ properties }) => properties.Runtime === 'nodejs24.x'),
    ...breaches(functions, 'writes to a log of its own', ({ stack, properties }) =>
      groups.includes(`${stack} ${textOf(at(properties, 'LoggingConfig', 'LogGroup'))}`),
    ),
    ...breaches(
      functions,
      'has a role of its own',
      (lambda) => roles.filter((role) => role === roleOf(lambda)).length === 1,
    ),
    ...breaches(functions, 'has a time limit', ({ properties }) => typeof properties.Timeout === 'number'),
    ...failureLaws(stacks),
  ]
}
