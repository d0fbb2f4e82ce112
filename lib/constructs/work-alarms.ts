// Work that nobody waits for is watched for waiting, for failing, and for not being done at all.
import { Duration } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { Placed } from '../../shared/city.ts'
import type { Consumer, Queue } from '../../shared/kernel/queue.ts'
import type { Schedule } from '../../shared/kernel/schedule.ts'
import { fileNameOf } from '../house.ts'
import { pascal } from '../names.ts'
import { runbooks } from '../runbooks.ts'
import { harmAlarm } from './harm-alarm.ts'
import { common, consumerMetric, functionMetric, MINUTE, type Watcher } from './watcher.ts'

/** Work is a hint that is followed within seconds; five minutes behind, people notice. */
const QUEUE_AGE_SECONDS = 300
/** A schedule that kept silent for this many of its own periods did not just come late. */
const SILENT_PERIODS = 3
const MAX_SILENCE_MINUTES = 1_440

export const watchConsumer = (watch: Watcher, { capability, declared }: Placed<Consumer>): void => {
  const about = `${capability}/${fileNameOf(declared.name)}`
  // A consumer answers which messages failed, and to Lambda that is a run that went well: only its own count tells.
  harmAlarm(watch.scope, `${pascal(capability)}${pascal(declared.name)}Failing`, {
    ...common(watch),
    harm: declared.harm,
    about,
    sign: 'messages fail',
    runbook: runbooks.failingRuns,
    metric: consumerMetric(watch.house, declared.name, 'failed'),
    above: 0,
  })
  // What never came to counting: a time-out, a crash, a permission that is missing.
  harmAlarm(watch.scope, `${pascal(capability)}${pascal(declared.name)}Broken`, {
    ...common(watch),
    harm: declared.harm,
    about,
    sign: 'the consumer breaks off',
    runbook: runbooks.failingRuns,
    metric: functionMetric(watch.house, capability, declared.name, 'Errors', 'Sum'),
    above: 0,
  })
  watchQueue(watch, declared.queue, declared.harm)
}

const queueMetric = (queueName: string, metricName: string) =>
  new Metric({
    namespace: 'AWS/SQS',
    metricName,
    statistic: 'Maximum',
    period: MINUTE,
    dimensionsMap: { QueueName: queueName },
  })

const watchQueue = (watch: Watcher, { name }: Queue, harm: string): void => {
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

export const watchDeadLetters = (watch: Watcher, id: string, harm: string, queueName: string): void => {
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

export const watchSchedule = (watch: Watcher, { capability, declared }: Placed<Schedule>): void => {
  const about = `${capability}/${fileNameOf(declared.name)}`
  const silence = Math.min(SILENT_PERIODS * declared.everyMinutes, MAX_SILENCE_MINUTES)
  harmAlarm(watch.scope, `${pascal(capability)}${pascal(declared.name)}Silent`, {
    ...common(watch),
    harm: declared.harm,
    about,
    sign: 'it does not run',
    runbook: runbooks.missedRuns,
    metric: functionMetric(watch.house, capability, declared.name, 'Invocations', 'Sum').with({
      period: Duration.minutes(silence),
    }),
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
    metric: functionMetric(watch.house, capability, declared.name, 'Errors', 'Sum').with({
      period: Duration.minutes(declared.everyMinutes),
    }),
    above: 0,
    minutes: { bad: 2, of: 3 },
  })
}
