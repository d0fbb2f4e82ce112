// Every alarm says who is hurt and what to do, and nothing that can hurt goes unwatched.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { fileNameOf } from '../../lib/house.ts'
import { settingsOf } from '../../lib/settings.ts'
import { city } from '../../shared/city.ts'
import { batchMetrics } from '../../shared/edge/metrics.ts'
import { type Found, ofType, planted, type StackTemplate, stacksIn, textOf } from './templates.ts'

const root = join(import.meta.dirname, '../..')
const stacks = stacksIn(inject('assembly'))
const watched = Object.values(settingsOf).filter((settings) => 'alarmEmail' in settings)
const RUNBOOK = /docs\/runbooks\/[a-z0-9-]+\.md/

const nameOf = ({ properties }: Found): string => textOf(properties.AlarmName)

/** `prod: Citizens cannot register: answers are slow (campaign/register)` */
const NAMED = /^(dev|prod): .+: .+ \(.+\)$/

const MAX_NAME_LENGTH = 255

const alarmLaws = (all: readonly StackTemplate[]): readonly string[] =>
  ofType(all, 'AWS::CloudWatch::Alarm').flatMap((alarm) => {
    const [runbook] = RUNBOOK.exec(textOf(alarm.properties.AlarmDescription ?? '')) ?? []
    return [
      ...(nameOf(alarm).length <= MAX_NAME_LENGTH
        ? []
        : [`${nameOf(alarm)}: CloudWatch takes no longer name than ${MAX_NAME_LENGTH}`]),
      ...(NAMED.test(nameOf(alarm)) ? [] : [`${nameOf(alarm)}: does not say who is hurt and how it shows`]),
      ...(runbook !== undefined && existsSync(join(root, runbook)) ? [] : [`${nameOf(alarm)}: has no runbook`]),
      ...(alarm.properties.AlarmActions === undefined ? [`${nameOf(alarm)}: wakes nobody`] : []),
    ]
  })

const alarmsOf = (stage: string) =>
  ofType(stacks, 'AWS::CloudWatch::Alarm')
    .filter((alarm) => alarm.stage === stage)
    .map(nameOf)

describe.each(watched)('alarms of $stage', ({ stage }) => {
  it.each(city.endpoints)(
    'tell that $declared.name is slow before it fails, and who is hurt',
    ({ capability, declared }) => {
      const about = `(${capability}/${fileNameOf(declared.name)})`
      expect(alarmsOf(stage)).toContain(`${stage}: ${declared.harm}: answers are slow ${about}`)
      expect(alarmsOf(stage)).toContain(`${stage}: ${declared.harm}: answers fail ${about}`)
    },
  )
  it.each(city.queues)('tell that the queue $name grows old or sets work aside', ({ name }) => {
    expect(alarmsOf(stage)).toContainEqual(expect.stringContaining(`work waits too long (queue ${name})`))
    expect(alarmsOf(stage)).toContainEqual(
      expect.stringMatching(`work was set aside \\(queue tongquan-${stage}-${name}-dead-letters\\)`),
    )
  })
  it.each(city.consumers)(
    'count the messages that $declared.name fails at, by the name the edge counts under',
    (placed) => {
      const { capability, declared } = placed
      const about = `(${capability}/${fileNameOf(declared.name)})`
      const signs = (sign: string) =>
        ofType(stacks, 'AWS::CloudWatch::Alarm').find(
          (alarm) => nameOf(alarm) === `${stage}: ${declared.harm}: ${sign} ${about}`,
        )?.properties
      const [counted] = batchMetrics(0)._aws.CloudWatchMetrics
      expect(counted?.Metrics.map(({ Name }) => Name)).toContain('failed')
      expect(signs('messages fail')).toMatchObject({
        Namespace: counted?.Namespace,
        MetricName: 'failed',
        Dimensions: counted?.Dimensions[0]
          ?.map((name) => ({ Name: name, Value: name === 'stage' ? stage : declared.name }))
          .sort((left, right) => left.Name.localeCompare(right.Name)),
        Threshold: 0,
      })
      expect(signs('the consumer breaks off')).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors' })
    },
  )
  it.each(city.schedules)('tell that $declared.name does not run', ({ capability, declared }) => {
    expect(alarmsOf(stage)).toContain(
      `${stage}: ${declared.harm}: it does not run (${capability}/${fileNameOf(declared.name)})`,
    )
  })
  it.each(city.tables)('tell that the table $name is out of room', ({ name }) => {
    expect(alarmsOf(stage)).toContainEqual(expect.stringContaining(`(table ${name})`))
  })
})

describe('alarms', () => {
  it('each have a harm, a runbook that is there, and somebody to wake', () => {
    expect(alarmLaws(stacks)).toEqual([])
  })
  it('are found when they lack all of that', () => {
    expect(alarmLaws([planted('AWS::CloudWatch::Alarm', { AlarmName: 'Errors>5' })])).toHaveLength(3)
  })
})
