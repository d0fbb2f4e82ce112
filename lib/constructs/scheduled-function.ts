// A function that the clock starts. A run that fails is tried twice more, then set aside where an alarm sees it;
// the next run does the same work anyway, since what is due is read from records.
import { Duration } from 'aws-cdk-lib'
import { CfnRule } from 'aws-cdk-lib/aws-events'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { CfnEventInvokeConfig, CfnPermission } from 'aws-cdk-lib/aws-lambda'
import type { Queue as SqsQueue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { Placed } from '../../shared/city.ts'
import type { Schedule } from '../../shared/kernel/schedule.ts'
import { useOfKey } from '../grants.ts'
import { fileNameOf, type House } from '../house.ts'
import type { Keys } from '../keys.ts'
import { CityFunction } from './city-function.ts'

const RETRIES = 2
/** Lambda's longest. */
const MAX_EVENT_AGE_SECONDS = 21_600

export interface ScheduledFunctionProps {
  readonly house: House
  readonly keys: Keys
  readonly placed: Placed<Schedule>
  readonly missedRuns: SqsQueue
}

export class ScheduledFunction extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id)
    const { house, keys, missedRuns } = props
    const { capability, declared } = props.placed
    const name = fileNameOf(declared.name)
    const { lambda, role } = new CityFunction(this, 'Function', {
      house,
      keys,
      source: { capability, name },
      powers: declared,
      budgetMs: declared.budgetMs,
      harm: declared.harm,
      statements: [
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [missedRuns.queueArn] }),
        useOfKey(keys.data.keyArn, 'sqs', ['kms:GenerateDataKey', 'kms:Decrypt']),
      ],
    })
    const rule = new CfnRule(this, 'Rule', {
      name: house.names.rule(`${capability}-${name}`),
      description: `When it does not run: ${declared.harm}`,
      scheduleExpression: rateOf(declared.everyMinutes),
      state: 'ENABLED',
      targets: [{ id: 'function', arn: lambda.functionArn }],
    })
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionArn,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    })
    const retries = new CfnEventInvokeConfig(this, 'Retries', {
      functionName: lambda.functionName,
      qualifier: '$LATEST',
      maximumRetryAttempts: RETRIES,
      // A run later than the next one is of no use.
      maximumEventAgeInSeconds: Math.min(Duration.minutes(declared.everyMinutes).toSeconds(), MAX_EVENT_AGE_SECONDS),
      destinationConfig: { onFailure: { destination: missedRuns.queueArn } },
    })
    retries.node.addDependency(role)
  }
}

const rateOf = (minutes: number): string => {
  if (!Number.isInteger(minutes) || minutes < 1)
    throw new Error(`a schedule of ${minutes} minutes: EventBridge knows whole minutes only`)
  return minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`
}
