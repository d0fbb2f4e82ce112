// The limits of the cloud , kept with room to spare.
import { describe, expect, inject, it } from 'vitest'
import { warmFloor } from '../../lib/settings/warm-floor.ts'
import { settingsOf } from '../../lib/settings.ts'
import { at, listAt, nameOf, ofType, planted, type StackTemplate, stacksIn, textOf } from './templates.ts'

const stacks = stacksIn(inject('assembly'))

/** CloudFormation takes 500. */
const MAX_RESOURCES = 450
/** API Gateway takes 300 for each API. */
const MAX_ROUTES = 300
/** Lambda keeps this many of an account's executions unreserved. */
const UNRESERVED = 100
/** 1 MB is CloudFormation's bound for a template in S3. */
const MAX_TEMPLATE_BYTES = 1_000_000

const crowded = (all: readonly StackTemplate[]): readonly string[] =>
  all.filter(({ resources }) => resources.length > MAX_RESOURCES).map(({ name }) => name)

describe('the limits of the cloud', () => {
  it('leave room in every stack', () => {
    expect(crowded(stacks)).toEqual([])
    expect(stacks.filter(({ text }) => Buffer.byteLength(text) > MAX_TEMPLATE_BYTES).map(({ name }) => name)).toEqual(
      [],
    )
  })
  it('are noticed when a stack is too full', () => {
    const one = planted('AWS::SQS::Queue', {})
    expect(crowded([{ ...one, resources: Array(MAX_RESOURCES + 1).fill(one.resources[0]) }])).toHaveLength(1)
  })
  it.each(['local', 'dev', 'prod'])('leave room for routes in both APIs of %s', (stage) => {
    const here = stacks.filter((stack) => stack.stage === stage)
    expect(ofType(here, 'AWS::ApiGatewayV2::Route').length).toBeLessThanOrEqual(MAX_ROUTES)
    expect(ofType(here, 'AWS::ApiGateway::Resource').length).toBeLessThanOrEqual(MAX_ROUTES)
  })
  it.each(Object.values(settingsOf))('leave 100 executions unreserved in $stage', ({ stage, accountConcurrency }) => {
    const reserved = ofType(
      stacks.filter((stack) => stack.stage === stage),
      'AWS::Lambda::Function',
    ).map(({ properties }) => Number(properties.ReservedConcurrentExecutions ?? 0))
    expect(reserved.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(accountConcurrency - UNRESERVED)
  })
  it.each(['dev', 'prod'] as const)('never lower what a table of %s was once warmed to', (stage) => {
    const tables = ofType(
      stacks.filter((stack) => stack.stage === stage),
      'AWS::DynamoDB::GlobalTable',
    )
    const tooLow = Object.entries(warmFloor[stage]).filter(([name, floor]) => {
      const table = tables.find(({ properties }) => textOf(properties.TableName) === `tongquan-${stage}-${name}`)
      const writes = Number(at(table?.properties, 'WarmThroughput', 'WriteUnitsPerSecond') ?? 0)
      const reads = Number(at(table?.properties, 'WarmThroughput', 'ReadUnitsPerSecond') ?? 0)
      return writes < floor.writesPerSecond || reads < floor.readsPerSecond
    })
    expect(tooLow).toEqual([])
  })
  it('remember everything that is warmed, so that it cannot be lowered later', () => {
    const warmed = ofType(stacks, 'AWS::DynamoDB::GlobalTable').filter(
      ({ properties }) => properties.WarmThroughput !== undefined,
    )
    const forgotten = warmed.filter(({ stage, properties }) => {
      const floor = stage === 'dev' || stage === 'prod' ? warmFloor[stage] : {}
      return !(textOf(properties.TableName).replace(`tongquan-${stage}-`, '') in floor)
    })
    expect(forgotten.map(nameOf)).toEqual([])
  })
  it('hold no more than ten headers in what the CDN forwards', () => {
    for (const { properties } of ofType(stacks, 'AWS::CloudFront::OriginRequestPolicy')) {
      expect(listAt(properties, 'OriginRequestPolicyConfig', 'HeadersConfig', 'Headers').length).toBeLessThanOrEqual(10)
    }
  })
})
