// What operators look at and what wakes them: one dashboard, and an alarm for each way in which people can be hurt.
import { Stack, type StackProps } from 'aws-cdk-lib'
import { Dashboard, GraphWidget, type MathExpression, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch'
import type { Construct } from 'constructs'
import { alarmTopic } from '../constructs/alarm-topic.ts'
import { type Doors, routeMetrics, watchEndpoint } from '../constructs/endpoint-alarms.ts'
import { watchBackup, watchRotation, watchTable } from '../constructs/house-alarms.ts'
import { watchConsumer, watchDeadLetters, watchSchedule } from '../constructs/work-alarms.ts'
import type { House } from '../house.ts'
import { MISSED_RUNS } from './work.ts'

/** CloudWatch's width of a row. */
const ROW = 24
const HALF_ROW = 12
const HEIGHT = 6

export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { house: House; citizenApiId: string; email: string }) {
    super(scope, id, props)
    const { house, citizenApiId } = props
    const topic = alarmTopic(this, house, props.email)
    const watch: Doors = { scope: this, house, topic, citizenApiId }
    for (const placed of house.city.endpoints) watchEndpoint(watch, placed)
    for (const placed of house.city.consumers) watchConsumer(watch, placed)
    for (const placed of house.city.schedules) watchSchedule(watch, placed)
    for (const table of house.city.tables) watchTable(watch, table)
    if (house.city.schedules.length > 0) {
      watchDeadLetters(watch, 'MissedRuns', 'What the clock starts was not done', house.names.queue(MISSED_RUNS))
    }
    if (house.settings.addresses) watchRotation(watch)
    if (house.settings.offSite) watchBackup(watch)
    dashboard(watch)
  }
}

const dashboard = (watch: Doors): void => {
  const { scope, house } = watch
  const { endpoints, tables, queues } = house.city
  const perEndpoint = (figure: 'calls' | 'latency' | 'failures') =>
    endpoints.map(({ declared }) => routeMetrics(watch, declared)[figure].with({ label: declared.route }))
  const graph = (title: string, left: readonly (Metric | MathExpression)[]) =>
    new GraphWidget({ title, left: [...left], width: HALF_ROW, height: HEIGHT })
  const board = new Dashboard(scope, 'Dashboard', { dashboardName: house.names.plain('city') })
  board.addWidgets(
    new TextWidget({
      markdown: `# Tongquan ${house.settings.stage}\nEach alarm names its page in docs/runbooks.`,
      width: ROW,
      height: 2,
    }),
  )
  board.addWidgets(
    graph('Slowness first: p95 in ms', perEndpoint('latency')),
    graph('Failures a minute', perEndpoint('failures')),
  )
  board.addWidgets(
    graph('Calls a minute', perEndpoint('calls')),
    graph(
      'Oldest work waiting, seconds',
      queues.map(({ name }) => sqsAge(house.names.queue(name))),
    ),
  )
  board.addWidgets(
    graph(
      'Write units a minute',
      tables.map(({ name }) => consumed(house.names.table(name))),
    ),
    graph('Executions at once', [
      new Metric({ namespace: 'AWS/Lambda', metricName: 'ConcurrentExecutions', statistic: 'Maximum' }),
    ]),
  )
}

const sqsAge = (QueueName: string) =>
  new Metric({
    namespace: 'AWS/SQS',
    metricName: 'ApproximateAgeOfOldestMessage',
    statistic: 'Maximum',
    dimensionsMap: { QueueName },
  })

const consumed = (TableName: string) =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName: 'ConsumedWriteCapacityUnits',
    statistic: 'Sum',
    dimensionsMap: { TableName },
  })
