// Slowness comes before failure: in 2021 the first sign was slowness.
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { Placed } from '../../shared/city.ts'
import { doorOf, type Endpoint } from '../../shared/kernel/endpoint.ts'
import { fileNameOf } from '../house.ts'
import { pascal } from '../names.ts'
import { runbooks } from '../runbooks.ts'
import { AGENCY_STAGE_NAME } from './agency-gateway.ts'
import { harmAlarm } from './harm-alarm.ts'
import { common, MINUTE, type Watcher } from './watcher.ts'

/** A budget used up by this much for one in twenty callers is slowness on its way to failure: adapters try again from there. */
const SLOW_SHARE_OF_BUDGET = 0.4
/** Nothing answers 5xx but a bug or a full house: one a minute is already a sign. */
const FAILING_ANSWERS_PER_MINUTE = 0

export interface Doors extends Watcher {
  readonly citizenApiId: string
}

/** The two gateways have different names for the same figures. */
export const routeMetrics = ({ house, citizenApiId }: Doors, declared: Endpoint) => {
  const [Method = '', Resource = ''] = declared.route.split(' ')
  const isAgency = doorOf(declared) === 'agency'
  const door = isAgency
    ? { ApiName: house.names.plain('agency'), Stage: AGENCY_STAGE_NAME }
    : { ApiId: citizenApiId, Stage: '$default' }
  const metric = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/ApiGateway',
      metricName,
      statistic,
      period: MINUTE,
      dimensionsMap: { ...door, Method, Resource },
    })
  return {
    latency: metric('Latency', 'p95'),
    failures: metric(isAgency ? '5XXError' : '5xx', 'Sum'),
    calls: metric('Count', 'Sum'),
  }
}

export const watchEndpoint = (watch: Doors, { capability, declared }: Placed<Endpoint>): void => {
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
