// Which signs are watched. Slowness and waiting come before failure: in 2021 the first sign was slowness (DESIGN §10).
import { Duration } from 'aws-cdk-lib'
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import type { Placed } from '../../shared/city.ts'
import { doorOf, type Endpoint } from '../../shared/kernel/endpoint.ts'
import type { Consumer, Queue } from '../../shared/kernel/queue.ts'
import type { Schedule } from '../../shared/kernel/schedule.ts'
import type { Table } from '../../shared/kernel/table.ts'
import { fileNameOf, type House } from '../house.ts'
import { pascal } from '../names.ts'
import { runbooks } from '../runbooks.ts'
import { AGENCY_STAGE_NAME } from './agency-gateway.ts'
import { harmAlarm } from './harm-alarm.ts'

const MINUTE = Duration.minutes(1)
/** A budget used up by this much for one in twenty callers is slowness on its way to failure. */
const SLOW_SHARE_OF_BUDGET = 0.8
/** Nothing answers 5xx but a bug or a full house (DESIGN §11): one a minute is already a sign. */
const FAILING_ANSWERS_PER_MINUTE = 0
/** Work is a hint that is followed within seconds; five minutes behind, people notice. */
const QUEUE_AGE_SECONDS = 300
/** A schedule that kept silent for this many of its own periods did not just come late. */
const SILENT_PERIODS = 3
const MAX_SILENCE_MINUTES = 1_440

interface Watcher {
  readonly scope: Construct
  readonly house: House
  readonly topic: Topic
}

export interface Watch extends Watcher {
  readonly citizenApiId: string
}

const common = ({ house, topic }: Watcher) => ({ stage: house.settings.stage, topic })

/** The two gateways have different names for the same figures. */
export const routeMetrics = ({ house, citizenApiId }: Watch, declared: Endpoint) => {
  const [Method = '', Resource = ''] = declared.route.split(' ')
  const isAgency = doorOf(declared) === 'agency'
  const door = isAgency
    ? { ApiName: house.names.plain('agency'), Stage: AGENCY_STAGE_NAME }
    : { ApiId: citizenApiId, Stage: '$default' }
  const metric = (metricName: string, statistic: string) =>
    new Metric({ namespace: 'AWS/ApiGateway', metricName, statistic, period: MINUTE, dimensionsMap: { ...door, Method, Resource } })
  return { latency: metric('Latency', 'p95'), failures: metric(isAgency ? '5XXError' : '5xx', 'Sum'), calls: metric('Count', 'Sum') }
}

export const watchEndpoint = (watch: Watch, { capability, declared }: Placed<Endpoint>): void => {
  const { harm, budgetMs, name } = declared
  const about = `${capability}/${fileNameOf(name)}`
  const { latency, failures } = routeMetrics(watch, declared)
  harmAlarm(watch.scope, `${pascal(capability)}${pascal(name)}Slow`, {
    ...common(watch),
    harm,
    about,
    sign: 'answers are slow',
    runbook: runbooks.slowAnswers,
    metric: latency,
    above: budgetMs * SLOW_SHARE_OF_BUDGET,
  })
  harmAlarm(watch.scope, `${pascal(capability)}${pascal(name)}Failing`, {
    ...common(watch),
    harm,
    about,
    sign: 'answers fail',
    runbook: runbooks.failingAnswers,
    metric: failures,
    above: FAILING_ANSWERS_PER_MINUTE,
    minutes: { bad: 2, of: 5 },
  })
}

const functionMetric = (house: House, capability: string, name: string, metricName: string, statistic: string) =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    statistic,
    period: MINUTE,
    dimensionsMap: { FunctionName: house.names.fn(capability, fileNameOf(name)) },
  })

export const watchConsumer = (watch: Watch, { capability, declared }: Placed<Consumer>): void => {
  const about = `${capability}/${fileNameOf(declared.name)}`
  harmAlarm(watch.scope, `${pascal(capability)}${pascal(declared.name)}Failing`, {
    ...common(watch),
    harm: declared.harm,
    about,
    sign: 'the consumer fails',
    runbook: runbooks.failingRuns,
    metric: functionMetric(watch.house, capability, declared.name, 'Errors', 'Sum'),
    above: 0,
  })
  watchQueue(watch, declared.queue, declared.harm)
}

const queueMetric = (queueName: string, metricName: string) =>
  new Metric({ namespace: 'AWS/SQS', metricName, statistic: 'Maximum', period: MINUTE, dimensionsMap: { QueueName: queueName } })

const watchQueue = (watch: Watch, { name }: Queue, harm: string): void => {
  harmAlarm(watch.scope, `${pascal(name)}Behind`, {
    ...common(watch),
    harm,
    about: `queue ${name}`,
    sign: 'work waits too long',
    runbook: runbooks.queueBehind,
    metric: queueMetric(watch.house.names.queue(name), 'ApproximateAgeOfOldestMessage'),
    above: QUEUE_AGE_SECONDS,
  })
  watchDeadLetters(watch, `${pascal(name)}DeadLetters`, harm, watch.house.names.deadLetters(name))
}

export const watchDeadLetters = (watch: Watch, id: string, harm: string, queueName: string): void => {
  harmAlarm(watch.scope, id, {
    ...common(watch),
    harm,
    about: `queue ${queueName}`,
    sign: 'work was set aside',
    runbook: runbooks.deadLetters,
    metric: queueMetric(queueName, 'ApproximateNumberOfMessagesVisible'),
    above: 0,
    minutes: { bad: 1, of: 1 },
  })
}

export const watchSchedule = (watch: Watch, { capability, declared }: Placed<Schedule>): void => {
  const about = `${capability}/${fileNameOf(declared.name)}`
  const silence = Math.min(SILENT_PERIODS * declared.everyMinutes, MAX_SILENCE_MINUTES)
  harmAlarm(watch.scope, `${pascal(capability)}${pascal(declared.name)}Silent`, {
    ...common(watch),
    harm: declared.harm,
    about,
    sign: 'it does not run',
    runbook: runbooks.missedRuns,
    metric: functionMetric(watch.house, capability, declared.name, 'Invocations', 'Sum').with({ period: Duration.minutes(silence) }),
    above: 0,
    minutes: { bad: 1, of: 1 },
    silenceIsBad: true,
  })
  harmAlarm(watch.scope, `${pascal(capability)}${pascal(declared.name)}Failing`, {
    ...common(watch),
    harm: declared.harm,
    about,
    sign: 'its runs fail',
    runbook: runbooks.failingRuns,
    metric: functionMetric(watch.house, capability, declared.name, 'Errors', 'Sum').with({ period: Duration.minutes(declared.everyMinutes) }),
    above: 0,
    minutes: { bad: 2, of: 3 },
  })
}

export const watchTable = (watch: Watch, { name }: Table): void => {
  const throttled = (metricName: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      statistic: 'Sum',
      period: MINUTE,
      dimensionsMap: { TableName: watch.house.names.table(name) },
    })
  harmAlarm(watch.scope, `${pascal(name)}Throttled`, {
    ...common(watch),
    harm: 'People are told to come back',
    about: `table ${name}`,
    sign: 'the table is out of room',
    runbook: runbooks.tableThrottled,
    metric: new MathExpression({
      expression: 'reads + writes',
      usingMetrics: { reads: throttled('ReadThrottleEvents'), writes: throttled('WriteThrottleEvents') },
      period: MINUTE,
    }),
    above: 0,
  })
}

/** One answer in a hundred: browsers that hang up and single slow calls are below it. */
const FAILING_PERCENT = 1

/** CloudFront tells its figures in us-east-1 only. */
export const watchCdn = (watch: Watcher, distributionId: string): void => {
  harmAlarm(watch.scope, 'CdnFailing', {
    ...common(watch),
    harm: 'Nobody reaches the city',
    about: 'cdn',
    sign: 'the CDN answers with errors',
    runbook: runbooks.cdnFailing,
    metric: new Metric({
      namespace: 'AWS/CloudFront',
      metricName: '5xxErrorRate',
      statistic: 'Average',
      period: MINUTE,
      dimensionsMap: { DistributionId: distributionId, Region: 'Global' },
    }),
    above: FAILING_PERCENT,
  })
}

export const watchBackup = (watch: Watcher): void => {
  const failed = (metricName: string) =>
    new Metric({ namespace: 'AWS/Backup', metricName, statistic: 'Sum', period: Duration.hours(1) })
  harmAlarm(watch.scope, 'BackupFailed', {
    ...common(watch),
    harm: 'Nothing could be brought back if this account were lost',
    about: 'backup',
    sign: 'backups fail',
    runbook: runbooks.backupFailed,
    metric: new MathExpression({
      expression: 'backups + copies',
      usingMetrics: { backups: failed('NumberOfBackupJobsFailed'), copies: failed('NumberOfCopyJobsFailed') },
      period: Duration.hours(1),
    }),
    above: 0,
    minutes: { bad: 1, of: 1 },
  })
}
