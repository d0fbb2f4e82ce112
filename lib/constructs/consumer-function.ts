// The function behind a queue. It answers which messages of a batch failed, so that one bad message
// does not bring the good ones round again.

import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import type { Queue as SqsQueue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { Placed } from '../../shared/city.ts'
import type { Consumer } from '../../shared/kernel/queue.ts'
import { useOfKey } from '../grants.ts'
import { fileNameOf, type House } from '../house.ts'
import type { Keys } from '../keys.ts'
import { CityFunction } from './city-function.ts'

/** SQS hands over at most ten at once unless it may wait for more. */
const MAX_BATCH_WITHOUT_WINDOW = 10
const BATCH_WINDOW_SECONDS = 1

export interface ConsumerFunctionProps {
  readonly house: House
  readonly keys: Keys
  readonly placed: Placed<Consumer>
  readonly queue: SqsQueue
}

export class ConsumerFunction extends Construct {
  constructor(scope: Construct, id: string, props: ConsumerFunctionProps) {
    super(scope, id)
    const { house, keys, queue } = props
    const { capability, declared } = props.placed
    const { batchSize } = declared.queue
    const { lambda, role } = new CityFunction(this, 'Function', {
      house,
      keys,
      source: { capability, name: fileNameOf(declared.name) },
      powers: declared,
      budgetMs: declared.budgetMs,
      harm: declared.harm,
      statements: [
        new PolicyStatement({
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
          resources: [queue.queueArn],
        }),
        useOfKey(keys.data.keyArn, 'sqs', ['kms:Decrypt']),
      ],
    })
    const mapping = new CfnEventSourceMapping(this, 'Source', {
      functionName: lambda.functionArn,
      eventSourceArn: queue.queueArn,
      batchSize,
      ...(batchSize > MAX_BATCH_WITHOUT_WINDOW ? { maximumBatchingWindowInSeconds: BATCH_WINDOW_SECONDS } : {}),
      functionResponseTypes: ['ReportBatchItemFailures'],
    })
    mapping.node.addDependency(role)
  }
}
