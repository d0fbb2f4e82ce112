// The yardstick: the same items into the engine by bare HTTP, with the same condition, from the same generator.
import { hash } from 'node:crypto'
import type { EngineJob, Outcome } from './jobs.ts'
import { raise } from './storm.ts'
import { tallyOf } from './tally.ts'

const BUCKETS = 128
const STARTED_AT = 1_790_000_000_000

export const engineStorm = async (
  job: EngineJob,
  progress: (done: number, total: number) => void,
): Promise<Outcome> => {
  const tally = tallyOf(job.people)
  const { hostname: host, port, host: authority } = new URL(job.endpoint)
  const head = headOf(authority)
  await raise({
    host,
    port: Number(port),
    inFlight: job.inFlight,
    total: job.people,
    request: (person) => {
      const body = putOf(person, job.tables[person % 2 === 0 ? 0 : 1])
      return `${head}content-length: ${body.length}\r\n\r\n${body}`
    },
    heard: (_person, status, _body, latencyMs) => {
      const done = tally.count(status, latencyMs)
      if (done % 1_000 === 0) progress(done, job.people)
    },
  })
  return { tally: tally.done(), numbers: [], contradictions: 0 }
}

const headOf = (authority: string): string =>
  [
    'POST / HTTP/1.1',
    `host: ${authority}`,
    'content-type: application/x-amz-json-1.0',
    'x-amz-target: DynamoDB_20120810.PutItem',
    'x-amz-date: 20200101T000000Z',
    'authorization: AWS4-HMAC-SHA256 Credential=bench/20200101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    '',
  ].join('\r\n')

/** Every field that a registration has, in its length. */
const putOf = (person: number, table: string): string => {
  const entrant = hash('sha256', `bench person ${person}`, 'base64url')
  const bucket = (person % BUCKETS).toString(16).padStart(2, '0')
  return JSON.stringify({
    TableName: table,
    Item: {
      bucket: { S: `demo-2026-11#${bucket}` },
      entrant: { S: entrant },
      pools: { L: ['hotel', 'dining', 'market', 'arts', 'sports'].map((pool) => ({ S: pool })) },
      status: { S: 'STANDING' },
      route: { S: 'signed-in' },
      registeredAt: { N: String(STARTED_AT + person) },
      keyHash: { S: entrant },
      bodyHash: { S: entrant },
    },
    ConditionExpression: 'attribute_not_exists(#0)',
    ExpressionAttributeNames: { '#0': 'bucket' },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
}
