import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { agencyEvent } from '../../local/door/agency-event.ts'
import { gatewayResponses } from '../../local/door/gateway-responses.ts'

const api = { apiId: 'rest1', account: '000000000000', stage: 'v', region: 'ap-east-2', binaryTypes: ['image/png'] }
const now = Date.UTC(2020, 2, 12, 19, 3, 58)
const messageWith = (headers: readonly string[], method = 'GET'): IncomingMessage => {
  const message = new IncomingMessage(new Socket())
  message.method = method
  message.rawHeaders = [...headers]
  for (let index = 0; index < headers.length; index += 2)
    message.headers[String(headers[index]).toLowerCase()] = String(headers[index + 1])
  return message
}
const eventOf = (message: IncomingMessage, query = '', body?: Buffer) =>
  agencyEvent(
    api,
    { resource: '/agency/{proxy+}', resourceId: 'res1' },
    { message, path: '/agency/a%20b', query, body, sourceIp: '192.0.2.1', apiKey: { id: 'key1', value: 'secret' } },
    { proxy: 'a b' },
    'id-1',
    now,
  )

describe('the event of the agency door (payload format 1.0)', () => {
  it('has the documented shape', () => {
    const event = eventOf(
      messageWith(['Host', 'rest1.example', 'Accept', 'a', 'Accept', 'b', 'User-Agent', 'agent']),
      'q=1&q=2',
    )
    expect(event).toEqual({
      resource: '/agency/{proxy+}',
      path: '/agency/a%20b',
      httpMethod: 'GET',
      headers: {
        Host: 'rest1.example',
        Accept: 'b',
        'User-Agent': 'agent',
        'X-Forwarded-For': '192.0.2.1',
        'X-Forwarded-Proto': 'https',
      },
      multiValueHeaders: {
        Host: ['rest1.example'],
        Accept: ['a', 'b'],
        'User-Agent': ['agent'],
        'X-Forwarded-For': ['192.0.2.1'],
        'X-Forwarded-Proto': ['https'],
      },
      queryStringParameters: { q: '2' },
      multiValueQueryStringParameters: { q: ['1', '2'] },
      pathParameters: { proxy: 'a b' },
      stageVariables: null,
      requestContext: {
        resourceId: 'res1',
        resourcePath: '/agency/{proxy+}',
        httpMethod: 'GET',
        extendedRequestId: 'id-1',
        requestTime: '12/Mar/2020:19:03:58 +0000',
        path: '/v/agency/a%20b',
        accountId: '000000000000',
        protocol: 'HTTP/null',
        stage: 'v',
        domainPrefix: 'rest1',
        requestTimeEpoch: now,
        requestId: 'id-1',
        identity: { apiKey: 'secret', apiKeyId: 'key1', sourceIp: '192.0.2.1', userAgent: 'agent' },
        domainName: 'rest1.example',
        apiId: 'rest1',
      },
      body: null,
      isBase64Encoded: false,
    })
  })

  it('gives null where there is no query', () => {
    expect(eventOf(messageWith([]))).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
    })
  })

  it.each(['constructor', '__proto__', 'toString'])('passes a header and a query parameter named %s on', (name) => {
    const event = JSON.parse(JSON.stringify(eventOf(messageWith([name, 'a']), `${name}=1&${name}=2`)))
    expect(Object.entries(event.headers)).toContainEqual([name, 'a'])
    expect(Object.entries(event.multiValueHeaders)).toContainEqual([name, ['a']])
    expect(Object.entries(event.queryStringParameters)).toEqual([[name, '2']])
    expect(Object.entries(event.multiValueQueryStringParameters)).toEqual([[name, ['1', '2']]])
  })

  it('encodes only the types that the API calls binary', () => {
    const png = messageWith(['Content-Type', 'image/png'], 'POST')
    expect(eventOf(png, '', Buffer.from([0xff]))).toMatchObject({ body: '/w==', isBase64Encoded: true })
    const form = messageWith(['Content-Type', 'application/x-www-form-urlencoded'], 'POST')
    expect(eventOf(form, '', Buffer.from('a=b'))).toMatchObject({ body: 'a=b', isBase64Encoded: false })
  })
})

describe('what the agency door answers by itself', () => {
  it('is worded by the template where it says so, else by the gateway', () => {
    const say = gatewayResponses({
      THROTTLED: {
        status: 429,
        headers: { 'Content-Type': 'application/problem+json' },
        templates: { 'application/json': '{"id":"$context.requestId"}' },
      },
      DEFAULT_4XX: { headers: {}, templates: { 'text/plain': 'no: $context.error.message' } },
    })
    expect(say('THROTTLED', 'id-1')).toEqual({
      status: 429,
      headers: ['content-type', 'application/problem+json'],
      body: '{"id":"id-1"}',
    })
    expect(say('INVALID_API_KEY', 'id-1')).toEqual({
      status: 403,
      headers: ['content-type', 'text/plain'],
      body: 'no: Forbidden',
    })
    expect(say('BAD_INTEGRATION', 'id-1')).toMatchObject({ status: 502, body: '{"message":"Internal server error"}' })
  })
})
