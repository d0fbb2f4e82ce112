// What a request on the wire means to IAM: which actions on which resources. One transaction can mean many.

import type { Asked } from '../permissions.ts'
import { type Fields, fieldsOf, listOf } from '../template/json.ts'
import type { Plan } from '../template/plan.ts'

export type Service = 'dynamodb' | 'sqs' | 's3' | 'vault'

export interface Wired {
  readonly service: Service
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** `DynamoDB_20120810.PutItem` */
  readonly target: string
  readonly body: Fields
}

type Read = (operation: string, body: Fields, plan: Plan) => readonly Asked[]

const noContext = {} as const

const tableArn = (plan: Plan, name: unknown, index?: unknown): string => {
  const arn =
    plan.tables.find((table) => table.name === name)?.arn ??
    `arn:aws:dynamodb:${plan.region}:${plan.account}:table/${String(name)}`
  return typeof index === 'string' ? `${arn}/index/${index}` : arn
}

const stepActions: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Get: 'dynamodb:GetItem',
}

const ofDynamodb: Read = (operation, body, plan) => {
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    return listOf(body['TransactItems'])
      .flatMap((item) => Object.entries(fieldsOf(item)))
      .map(([step, what]) => ({
        action: stepActions[step] ?? step,
        resource: tableArn(plan, fieldsOf(what)['TableName']),
        context: noContext,
      }))
  }
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    return Object.keys(fieldsOf(body['RequestItems'])).map((name) => ({
      action: `dynamodb:${operation}`,
      resource: tableArn(plan, name),
      context: noContext,
    }))
  }
  return [
    {
      action: `dynamodb:${operation}`,
      resource: tableArn(plan, body['TableName'], body['IndexName']),
      context: noContext,
    },
  ]
}

const ofSqs: Read = (operation, body, plan) => {
  const url = String(body['QueueUrl'] ?? '')
  const name = url.split('/').at(-1) ?? ''
  const queue = plan.queues.find((each) => each.name === name || each.name === body['QueueName'])
  const action = `sqs:${operation.replace(/Batch$/, '')}`
  return [{ action, resource: queue?.arn ?? `arn:aws:sqs:${plan.region}:${plan.account}:${name}`, context: noContext }]
}

const ofKms: Read = (operation, body, plan) => {
  const named = body['KeyId'] ?? keyInside(body['CiphertextBlob'])
  const key = plan.keys.find(
    (each) => each.arn === named || each.id === named || each.aliases.some((alias) => String(named).endsWith(alias)),
  )
  const context = Object.fromEntries(
    Object.entries(fieldsOf(body['EncryptionContext'])).map(([name, value]) => [
      `kms:encryptioncontext:${name}`.toLowerCase(),
      String(value),
    ]),
  )
  const algorithm = body['SigningAlgorithm']
  if (algorithm !== undefined) context['kms:signingalgorithm'] = String(algorithm)
  return [{ action: `kms:${operation}`, resource: key?.arn ?? String(named), context }]
}

/** Our own sealed texts begin with the id of their key. */
const keyInside = (blob: unknown): string => {
  const bytes = Buffer.from(String(blob ?? ''), 'base64')
  return bytes.subarray(1, 1 + (bytes[0] ?? 0)).toString()
}

const ofSecrets: Read = (operation, body, plan) => {
  const named = body['SecretId']
  const secret = plan.secrets.find((each) => each.arn === named || each.name === named)
  const stage = body['VersionStage'] ?? 'AWSCURRENT'
  return [
    {
      action: `secretsmanager:${operation}`,
      resource: secret?.arn ?? String(named),
      context: { 'secretsmanager:versionstage': String(stage) },
    },
  ]
}

const documentActions: Readonly<Record<string, string>> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
}

const ofS3 = (wired: Wired): readonly Asked[] => {
  const [bucket = '', ...key] = wired.path.slice(1).split('/').map(decodeURIComponent)
  const whole = key.join('/')
  if (whole === '') return [{ action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}`, context: noContext }]
  return [
    {
      action: documentActions[wired.method] ?? `s3:${wired.method}`,
      resource: `arn:aws:s3:::${bucket}/${whole}`,
      context: noContext,
    },
  ]
}

export const callsOf = (wired: Wired, plan: Plan): readonly Asked[] => {
  const operation = wired.target.split('.').at(-1) ?? ''
  switch (wired.service) {
    case 'dynamodb':
      return ofDynamodb(operation, wired.body, plan)
    case 'sqs':
      return ofSqs(operation, wired.body, plan)
    case 's3':
      return ofS3(wired)
    case 'vault':
      return wired.target.startsWith('secretsmanager')
        ? ofSecrets(operation, wired.body, plan)
        : ofKms(operation, wired.body, plan)
  }
}

/** The access key that signed: `Credential=<key>/20260101/ap-east-2/dynamodb/aws4_request`. */
export const callerOf = (authorization: string | undefined): string =>
  authorization?.match(/Credential=([^/]+)\//)?.[1] ?? 'nobody'
