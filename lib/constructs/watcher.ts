// What every alarm is told beside its own sign.
import { Duration } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import { fileNameOf, type House } from '../house.ts'

export const MINUTE = Duration.minutes(1)

export interface Watcher {
  readonly scope: Construct
  readonly house: House
  readonly topic: Topic
}

export const common = ({ house, topic }: Watcher) => ({ stage: house.settings.stage, topic })

/** What the edge writes into its log lines as embedded metrics; a law compares the names. */
export const consumerMetric = (house: House, name: string, metricName: 'failed' | 'received') =>
  new Metric({
    namespace: 'Tongquan',
    metricName,
    statistic: 'Sum',
    period: MINUTE,
    dimensionsMap: { stage: house.settings.stage, consumer: name },
  })

export const functionMetric = (house: House, capability: string, name: string, metricName: string, statistic: string) =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    statistic,
    period: MINUTE,
    dimensionsMap: { FunctionName: house.names.fn(capability, fileNameOf(name)) },
  })
