import { describe, expect, it } from 'vitest'
import { readPlan } from '../../local/template/read-plan.ts'
import { assemblyOf, att, type Entry, lambda, notesTable, type Resources, ref, smallCity } from './small-city.ts'

const setting = {
  region: 'ap-east-2',
  account: '000000000000',
  origin: 'http://localhost:1',
  queueEndpoint: 'http://127.0.0.1:2',
  parameters: { PublicOrigin: 'http://localhost:1' },
}
const planOf = (resources: Resources, more?: object) => readPlan(assemblyOf(resources, more), setting)
const table = (properties: object): Entry => ({
  ...notesTable,
  Properties: { ...notesTable.Properties, ...properties },
})
const rule = (expression: string): Resources => ({
  ...smallCity,
  Often: {
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression: expression, Targets: [{ Id: 'T', Arn: att('Probe') }] },
  },
})

describe('the plan of the stage', () => {
  it('reads functions, doors, tables, queues, schedules and grants from the template', () => {
    const plan = planOf(smallCity)
    expect(plan.functions.find((each) => each.id === 'Probe')).toMatchObject({
      name: 'probe',
      arn: 'arn:aws:lambda:ap-east-2:000000000000:function:probe',
      timeoutMs: 1_000,
      environment: { TABLE_NOTES: 'notes', ORIGIN: 'http://localhost:1' },
    })
    expect(plan.citizenDoor?.routes).toContainEqual({
      key: 'POST /notes/{noteId}',
      functionId: 'Probe',
      timeoutMs: 30_000,
    })
    expect(plan.agencyDoor?.methods).toMatchObject([
      { method: 'ANY', resource: '/agency/{proxy+}', keyNeeded: true, functionId: 'AgencyFunction' },
    ])
    expect(plan.agencyDoor?.keys).toMatchObject([{ id: 'Key', plan: { throttle: { rate: 1, burst: 3 } } }])
    expect(plan.tables).toMatchObject([
      { name: 'notes', definition: { KeySchema: [{ AttributeName: 'noteId', KeyType: 'HASH' }] } },
    ])
    expect(plan.queues.find((each) => each.id === 'Jobs')).toMatchObject({
      url: 'http://127.0.0.1:2/000000000000/jobs',
    })
    expect(plan.mappings).toMatchObject([{ functionId: 'Consumer', batchSize: 10, partialReplies: true }])
    expect(plan.schedules).toMatchObject([{ functionId: 'Probe', expression: 'rate(60 minutes)' }])
    expect(plan.cdn?.behaviours.map(({ pattern, to }) => [pattern, to])).toEqual([
      ['papers/*', 'bucket'],
      ['*', 'citizen-door'],
    ])
    expect(plan.grants['Probe']).toMatchObject([
      { actions: ['dynamodb:PutItem'], resources: ['arn:aws:dynamodb:ap-east-2:000000000000:table/notes'] },
    ])
  })

  it('tells a function the ids of the keys under which its door knows them', () => {
    const variables = { AGENCY_KEYS: { 'Fn::Join': ['', [ref('Key'), '=office,', ref('Second'), '=office']] } }
    const plan = planOf({
      ...smallCity,
      Second: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Name: 'office-2', Enabled: true } },
      AgencyFunction: lambda('agency', { Environment: { Variables: variables } }),
    })
    expect(plan.agencyDoor?.keys.map(({ id }) => `${id}=office`).join(',')).toBe(
      plan.functions.find(({ id }) => id === 'AgencyFunction')?.environment['AGENCY_KEYS'],
    )
  })

  it('leaves out what stands under a condition that does not hold', () => {
    const conditional = {
      ...notesTable,
      Condition: 'Never',
      Properties: { ...notesTable.Properties, TableName: 'other' },
    }
    const plan = planOf({ ...smallCity, Other: conditional }, { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } })
    expect(plan.tables.map(({ name }) => name)).toEqual(['notes'])
  })

  it.each<[string, Resources, RegExp]>([
    [
      'a type it does not know',
      { Far: { Type: 'AWS::Far::Away' } },
      /does not know the resource small-city\/Far \(Far, AWS::Far::Away\)/,
    ],
    [
      'a type it refuses',
      { Flow: { Type: 'AWS::StepFunctions::StateMachine' } },
      /refuses the resource .*Flow.*work goes through queues/,
    ],
    [
      'a stream on a table',
      { Streamed: table({ StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }) },
      /Streamed, AWS::DynamoDB::GlobalTable.*stream/,
    ],
    ['a property it does not know', { Odd: table({ Sideways: true }) }, /Odd, .*Sideways/],
    [
      'a FIFO queue',
      { Ordered: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } },
      /Ordered, AWS::SQS::Queue.*FIFO/,
    ],
    ['a schedule finer than a minute', rule('rate(30 seconds)'), /Often, AWS::Events::Rule.*rate\(30 seconds\)/],
    ['a cron it cannot keep', rule('cron(0 0 L * ? *)'), /Often.*cron\(0 0 L/],
    ['a layer', { Layered: lambda('probe', { Layers: ['x'] }) }, /Layered, AWS::Lambda::Function.*Layers/],
    [
      'an authorizer on a route',
      {
        Locked: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: { ApiId: ref('Api'), RouteKey: 'GET /locked', Target: 'x', AuthorizationType: 'JWT' },
        },
      },
      /Locked, AWS::ApiGatewayV2::Route.*AuthorizationType/,
    ],
    ['an unknown parameter', { Named: table({ TableName: ref('Missing') }) }, /refers to Missing/],
    [
      'a name that refers to itself',
      { Mirror: table({ TableName: ref('Mirror') }) },
      /TableName of small-city\/Mirror refers to itself/,
    ],
  ])('refuses %s by the name of its resource', (_what, more, sentence) => {
    expect(() => planOf({ ...smallCity, ...more })).toThrow(sentence)
  })
})
