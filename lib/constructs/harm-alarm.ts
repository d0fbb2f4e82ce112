// An alarm says in its name who is hurt and how it shows, and in its description what to do. Nobody is woken by a number.
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import type { Runbook } from '../runbooks.ts'

export interface HarmAlarmProps {
  readonly stage: string
  readonly topic: Topic
  /** Who is hurt, from the declaration: "Citizens cannot register". */
  readonly harm: string
  /** How it shows: "answers are slow". */
  readonly sign: string
  /** What it is about: `campaign/register`. */
  readonly about: string
  readonly runbook: Runbook
  readonly metric: IMetric
  readonly above: number
  /** Minutes (of the metric's period) that must show it, and of how many. One odd minute wakes nobody. */
  readonly minutes?: { readonly bad: number; readonly of: number }
  /** Silence is the bad sign itself: a schedule that did not run. */
  readonly silenceIsBad?: boolean
}

const THREE_OF_FIVE = { bad: 3, of: 5 } as const

export const harmAlarm = (scope: Construct, id: string, props: HarmAlarmProps): Alarm => {
  const minutes = props.minutes ?? THREE_OF_FIVE
  const alarm = new Alarm(scope, id, {
    alarmName: `${props.stage}: ${props.harm}: ${props.sign} (${props.about})`,
    alarmDescription: `${props.harm}. Seen by: ${props.sign}, ${props.about}. What to do: ${props.runbook}`,
    metric: props.metric,
    comparisonOperator: props.silenceIsBad
      ? ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD
      : ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: props.above,
    datapointsToAlarm: minutes.bad,
    evaluationPeriods: minutes.of,
    treatMissingData: props.silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  })
  const action = new SnsAction(props.topic)
  alarm.addAlarmAction(action)
  alarm.addOkAction(action)
  return alarm
}
