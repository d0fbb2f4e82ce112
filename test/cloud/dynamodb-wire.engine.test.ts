// No engine on one machine looks at signatures, the cloud does: here they are worked out again by the letter of
// Signature Version 4 (AWS, "Create a signed AWS API request").
import { createHash, createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { type Asked, ok, type ScriptedServer, scriptedServer } from '../support/scripted-server.ts'
import { holders } from './test-tables.ts'

const opened: ScriptedServer[] = []
afterEach(async () => {
  for (const server of opened.splice(0)) await server.stop()
})

const SECRET = 'a secret/with+signs='
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

const signatureOf = ({ headers, text }: Asked, signed: string, date: string): string => {
  const lines = signed.split(';').map((name) => `${name}:${headers[name]}`)
  const canonical = ['POST', '/', '', ...lines, '', signed, sha256(text)].join('\n')
  const scope = `${date.slice(0, 8)}/ap-east-2/dynamodb/aws4_request`
  const key = scope.split('/').reduce<string | Buffer>((before, part) => hmac(before, part), `AWS4${SECRET}`)
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex')
}

const askedBy = async (environment: Readonly<Record<string, string>>): Promise<Asked> => {
  const server = await scriptedServer(() => ok())
  opened.push(server)
  const set = {
    AWS_REGION: 'ap-east-2',
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_ENDPOINT_URL_DYNAMODB: server.endpoint,
    TABLE_TEST_HOLDERS: 'holders-1',
    ...environment,
  }
  await records({ name: 'wire-test', budgetMs: 1_000, environment: set }).putIfAbsent(holders, { key: '陳', level: 1 })
  const [asked] = server.asked
  if (asked === undefined) throw new Error('nothing was asked')
  return asked
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=AKID\/(\d{8})\/ap-east-2\/dynamodb\/aws4_request, SignedHeaders=(\S+), Signature=(\S+)$/

describe('a request to DynamoDB', () => {
  it.each<[Readonly<Record<string, string>>]>([[{}], [{ AWS_SESSION_TOKEN: 'a session/token' }]])(
    'is signed as the cloud wants it (%j)',
    async (more) => {
      const asked = await askedBy(more)
      const [, , signed = '', signature] = authorization.exec(String(asked.headers.authorization)) ?? []
      expect(signature).toBe(signatureOf(asked, signed, String(asked.headers['x-amz-date'])))
      expect(signed.split(';')).toEqual(expect.arrayContaining(['host', 'x-amz-date', 'x-amz-target']))
      expect(signed.includes('x-amz-security-token')).toBe('AWS_SESSION_TOKEN' in more)
      expect(asked.headers['x-amz-security-token']).toBe(more.AWS_SESSION_TOKEN)
    },
  )

  it('names its operation, its length and its kind', async () => {
    const { headers, text } = await askedBy({})
    expect(headers).toMatchObject({
      'x-amz-target': 'DynamoDB_20120810.PutItem',
      'content-type': 'application/x-amz-json-1.0',
      'content-length': String(Buffer.byteLength(text)),
    })
  })
})
