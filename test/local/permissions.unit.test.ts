import { describe, expect, it } from 'vitest'
import { isAllowed } from '../../local/permissions.ts'
import type { Plan, Statement } from '../../local/template/plan.ts'
import { statementsOf } from '../../local/template/read-grants.ts'
import { callerOf, callsOf, type Wired } from '../../local/wire/calls-of.ts'

const table = 'arn:aws:dynamodb:ap-east-2:000000000000:table/notes'
const key = 'arn:aws:kms:ap-east-2:000000000000:key/Seal'
const policy: readonly Statement[] = statementsOf({
  Statement: [
    { Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:GetItem'], Resource: table },
    { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::books/*' },
    {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: key,
      Condition: { StringEquals: { 'kms:EncryptionContext:purpose': 'campaign-key' } },
    },
    { Effect: 'Allow', Action: 'kms:Sign', Resource: key, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
  ],
})
const may = (action: string, resource: string, context = {}, statements = policy) =>
  isAllowed(statements, { action, resource, context })

describe('the grants of a role', () => {
  it('allow what they name and nothing beside it', () => {
    expect(may('dynamodb:PutItem', table)).toBe(true)
    expect(may('dynamodb:DeleteItem', table)).toBe(false)
    expect(may('dynamodb:PutItem', `${table}-other`)).toBe(false)
    expect(may('s3:GetObject', 'arn:aws:s3:::books/a/b.json')).toBe(true)
    expect(may('s3:GetObject', 'arn:aws:s3:::bookshop/a')).toBe(false)
  })

  it('deny when one grant is taken away', () => {
    const without = policy.filter((statement) => !statement.actions.includes('dynamodb:PutItem'))
    expect(may('dynamodb:PutItem', table, {}, without)).toBe(false)
  })

  it('hold their conditions', () => {
    expect(may('kms:Decrypt', key, { 'kms:encryptioncontext:purpose': 'campaign-key' })).toBe(true)
    expect(may('kms:Decrypt', key, { 'kms:encryptioncontext:purpose': 'another' })).toBe(false)
    expect(may('kms:Decrypt', key)).toBe(false)
  })

  it('allow nothing under a condition that is not understood', () => {
    expect(may('kms:Sign', key, { 'aws:sourceip': '10.0.0.1' })).toBe(false)
  })

  it('let an explicit denial win', () => {
    const denied: readonly Statement[] = [
      ...policy,
      { effect: 'Deny', actions: ['dynamodb:*'], resources: ['*'], conditions: {} },
    ]
    expect(may('dynamodb:PutItem', table, {}, denied)).toBe(false)
  })
})

const plan: Plan = {
  region: 'ap-east-2',
  account: '000000000000',
  functions: [],
  tables: [{ id: 'Notes', name: 'notes', arn: table, definition: {} }],
  queues: [
    {
      id: 'Jobs',
      name: 'jobs',
      arn: 'arn:aws:sqs:ap-east-2:000000000000:jobs',
      url: 'http://q/000000000000/jobs',
      attributes: {},
    },
  ],
  mappings: [],
  schedules: [],
  buckets: [{ id: 'Books', name: 'books' }],
  keys: [{ id: 'Seal', arn: key, aliases: ['alias/seal'], kind: 'symmetric' }],
  secrets: [{ id: 'Origin', arn: 'arn:secret:origin', name: 'origin' }],
  grants: {},
}
const askedBy = (wired: Partial<Wired>) =>
  callsOf({ service: 'dynamodb', method: 'POST', path: '/', target: '', body: {}, ...wired }, plan).map(
    ({ action, resource, context }) => [action, resource, context],
  )

describe('what a call on the wire asks for', () => {
  it.each<[string, Partial<Wired>, unknown]>([
    ['a put', { target: 'DynamoDB_20120810.PutItem', body: { TableName: 'notes' } }, [['dynamodb:PutItem', table, {}]]],
    [
      'a query of an index',
      { target: 'DynamoDB_20120810.Query', body: { TableName: 'notes', IndexName: 'byDay' } },
      [['dynamodb:Query', `${table}/index/byDay`, {}]],
    ],
    [
      'a transaction',
      {
        target: 'DynamoDB_20120810.TransactWriteItems',
        body: { TransactItems: [{ Put: { TableName: 'notes' } }, { ConditionCheck: { TableName: 'notes' } }] },
      },
      [
        ['dynamodb:PutItem', table, {}],
        ['dynamodb:ConditionCheckItem', table, {}],
      ],
    ],
    [
      'a batch of messages',
      { service: 'sqs', target: 'AmazonSQS.SendMessageBatch', body: { QueueUrl: 'http://x/1/jobs' } },
      [['sqs:SendMessage', 'arn:aws:sqs:ap-east-2:000000000000:jobs', {}]],
    ],
    [
      'an unsealing',
      {
        service: 'vault',
        target: 'TrentService.Decrypt',
        body: { KeyId: 'alias/seal', EncryptionContext: { purpose: 'p' } },
      },
      [['kms:Decrypt', key, { 'kms:encryptioncontext:purpose': 'p' }]],
    ],
    [
      'a secret',
      { service: 'vault', target: 'secretsmanager.GetSecretValue', body: { SecretId: 'origin' } },
      [['secretsmanager:GetSecretValue', 'arn:secret:origin', { 'secretsmanager:versionstage': 'AWSCURRENT' }]],
    ],
    [
      'a document',
      { service: 's3', method: 'PUT', path: '/books/a%20b/c' },
      [['s3:PutObject', 'arn:aws:s3:::books/a b/c', {}]],
    ],
  ])('is read from %s', (_what, wired, expected) => {
    expect(askedBy(wired)).toEqual(expected)
  })

  it('names its caller by the access key', () => {
    expect(
      callerOf(
        'AWS4-HMAC-SHA256 Credential=city-register/20260101/ap-east-2/dynamodb/aws4_request, SignedHeaders=host',
      ),
    ).toBe('city-register')
    expect(callerOf(undefined)).toBe('nobody')
  })
})
