// A function of the city: bundled code, a role that holds its declared powers and nothing else, kept logs.
import { Duration, Stack } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as Lambda, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { timeoutSecondsOf } from '../../shared/kernel/endpoint.ts'
import type { Powers } from '../../shared/kernel/queue.ts'
import type { FunctionSource } from '../bundle.ts'
import { environmentOf } from '../environment.ts'
import { documentWildcards, statementsOf } from '../grants.ts'
import type { House } from '../house.ts'
import type { Keys } from '../keys.ts'
import { acknowledge } from './acknowledge.ts'
import { keptLogs } from './kept-logs.ts'

/** API Gateway gives up at 30 s (HTTP) and 29 s (REST); a function that answers later answers nobody. */
export const MAX_ENDPOINT_TIMEOUT_SECONDS = 29
/** Lambda's own bound. */
const MAX_TIMEOUT_SECONDS = 900
/** CPU follows memory. At 1,024 MB an import of 100 ms stays near that; the work itself is waiting, so more buys nothing. */
const MEMORY_MB = 1_024

export interface CityFunctionProps {
  readonly house: House
  readonly keys: Keys
  readonly source: FunctionSource
  readonly powers: Powers
  readonly budgetMs: number
  /** Who is hurt when it fails: an operator reads it in the console. */
  readonly harm: string
  readonly longestSeconds?: number
  readonly environment?: Readonly<Record<string, string>>
  readonly statements?: readonly PolicyStatement[]
}

/** The time-out that follows from the budget, unless whoever waits for the answer gives up before. */
export const timeoutWithin = (budgetMs: number, longestSeconds = MAX_TIMEOUT_SECONDS): number => {
  const seconds = timeoutSecondsOf(budgetMs)
  if (seconds > longestSeconds)
    throw new Error(`a budget of ${budgetMs} ms needs ${seconds} s, but only ${longestSeconds} s are given`)
  return seconds
}

export class CityFunction extends Construct {
  readonly lambda: Lambda
  readonly role: Role

  constructor(scope: Construct, id: string, props: CityFunctionProps) {
    super(scope, id)
    const { house, keys, source, powers } = props
    const logGroup = keptLogs(this, 'Logs', house, keys, `${source.capability}/${source.name}`)
    const writeLogs = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    })
    const reserved = house.settings.reservedConcurrency[`${source.capability}/${source.name}`]
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Powers: new PolicyDocument({
          statements: [writeLogs, ...statementsOf(this, house, keys, powers), ...(props.statements ?? [])],
        }),
      },
    })
    for (const wildcard of documentWildcards(house, powers)) {
      acknowledge(this.role, {
        [`AwsSolutions-IAM5[${wildcard}]`]:
          'Every document of exactly one bucket; their names are made as they are written.',
      })
    }
    this.lambda = new Lambda(this, 'Function', {
      functionName: house.names.fn(source.capability, source.name),
      description: `When it fails: ${props.harm}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(house.directoryOf(source)),
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      memorySize: MEMORY_MB,
      timeout: Duration.seconds(timeoutWithin(props.budgetMs, props.longestSeconds)),
      // Traces are sampled away in a storm, when they would be needed; budgets and request ids in the logs are not.
      tracing: Tracing.DISABLED,
      environment: { ...environmentOf(house, keys, powers), ...props.environment },
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
    })
  }
}

/** A function of another stack of this stage, by the name it is known to have. */
export const arnOfFunction = (scope: Construct, house: House, source: FunctionSource): string =>
  Stack.of(scope).formatArn({
    service: 'lambda',
    resource: `function:${house.names.fn(source.capability, source.name)}`,
  })
