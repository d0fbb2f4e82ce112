import { z } from 'zod'
import { parseExpression } from '../engine/expression.ts'
import { addresses } from './addresses.ts'
import { isHelperOfCdk } from './kinds.ts'
import type { Land } from './land.ts'
import type { SchedulePlan } from './plan.ts'
import { count, propertiesOf, refusal, shape } from './properties.ts'
import type { Site } from './site.ts'

/** EventBridge and Lambda try an event that failed twice more. */
const RETRIES = 2

const Rule = shape(
  {
    ScheduleExpression: z.string().optional(),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    EventPattern: z.undefined('an event pattern').optional(),
    Targets: z
      .array(
        shape(
          { Arn: z.string(), Id: z.string(), Input: z.string().optional() },
          'RetryPolicy',
          'DeadLetterConfig',
          'RoleArn',
        ),
      )
      .default([]),
  },
  'Name',
  'Description',
  'RoleArn',
  'Tags',
)
const Timed = shape(
  {
    ScheduleExpression: z.string(),
    ScheduleExpressionTimezone: z.enum(['UTC', 'Etc/UTC', 'Asia/Taipei']).default('UTC'),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Target: shape(
      {
        Arn: z.string(),
        Input: z.string().optional(),
        RetryPolicy: z.object({ MaximumRetryAttempts: count.optional() }).optional(),
      },
      'RoleArn',
      'DeadLetterConfig',
    ),
  },
  'FlexibleTimeWindow',
  'Name',
  'GroupName',
  'Description',
  'KmsKeyArn',
)

export const readSchedules = (land: Land): readonly SchedulePlan[] => [
  ...land.ofType('AWS::Events::Rule').flatMap((site) => ruleOf(land, site)),
  ...land.ofType('AWS::Scheduler::Schedule').flatMap((site) => timedOf(land, site)),
]

const ruleOf = (land: Land, site: Site): readonly SchedulePlan[] => {
  if (isHelperOfCdk(site.resource.path)) return []
  const read = propertiesOf(site, Rule)
  const expression = read.ScheduleExpression
  if (expression === undefined) throw refusal(site, 'a rule without a schedule')
  if (read.State === 'DISABLED') return []
  return read.Targets.map((target) => ({
    ...joined(land, site, target.Arn, expression, target.Input),
    source: 'aws.events' as const,
    maxRetries: RETRIES,
  }))
}

const timedOf = (land: Land, site: Site): readonly SchedulePlan[] => {
  const read = propertiesOf(site, Timed)
  if (read.State === 'DISABLED') return []
  if (read.ScheduleExpressionTimezone === 'Asia/Taipei' && read.ScheduleExpression.startsWith('cron')) {
    throw refusal(site, 'a cron expression in Taipei time; write it in UTC')
  }
  return [
    {
      ...joined(land, site, read.Target.Arn, read.ScheduleExpression, read.Target.Input),
      source: 'aws.scheduler',
      maxRetries: RETRIES,
    },
  ]
}

const joined = (land: Land, site: Site, target: string, expression: string, input: string | undefined) => {
  const found = land.behind(target, 'AWS::Lambda::Function')
  if (!found) throw refusal(site, `the target ${target}, which is no function of this template`)
  if (!parseExpression(expression))
    throw refusal(site, `the schedule "${expression}"; a rate in whole minutes or a plain cron can be done`)
  return {
    id: site.name,
    path: site.resource.path,
    functionId: found.name,
    arn: addresses.arn(site, land.setting),
    expression,
    ...(input === undefined ? {} : { input }),
  }
}
