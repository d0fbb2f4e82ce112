// What belongs to no single declaration: tables, the CDN, its secret, the backups.
import { Duration } from 'aws-cdk-lib'
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch'
import type { Table } from '../../shared/kernel/table.ts'
import { ROTATION } from '../house.ts'
import { pascal } from '../names.ts'
import { runbooks } from '../runbooks.ts'
import { harmAlarm } from './harm-alarm.ts'
import { common, functionMetric, MINUTE, type Watcher } from './watcher.ts'

export const watchTable = (watch: Watcher, { name }: Table): void => {
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

export const watchRotation = (watch: Watcher): void => {
  harmAlarm(watch.scope, 'RotationFailing', {
    ...common(watch),
    harm: 'The secret between CDN and API grows old',
    about: `${ROTATION.capability}/${ROTATION.name}`,
    sign: 'its rotation fails',
    runbook: runbooks.originSecretRotation,
    metric: functionMetric(watch.house, ROTATION.capability, ROTATION.name, 'Errors', 'Sum').with({
      period: Duration.hours(1),
    }),
    above: 0,
    minutes: { bad: 1, of: 1 },
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
