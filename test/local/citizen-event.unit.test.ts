import { describe, expect, it } from 'vitest'
import { type CitizenRequest, citizenEvent, gatewayTime } from '../../local/door/citizen-event.ts'

const api = { apiId: 'api1', account: '000000000000', stage: '$default', region: 'ap-east-2' }
const now = Date.UTC(2020, 2, 12, 19, 3, 58, 390)
const requestWith = (overrides: Partial<CitizenRequest> = {}): CitizenRequest => ({
  method: 'POST',
  path: '/my/path',
  query: '',
  headers: { host: 'api1.example', 'content-type': 'application/json', 'user-agent': 'agent' },
  body: Buffer.from('{"a":"熊"}'),
  sourceIp: '192.0.2.1',
  protocol: 'HTTP/1.1',
  ...overrides,
})
const eventOf = (overrides: Partial<CitizenRequest> = {}, parameters?: Record<string, string>) =>
  citizenEvent(api, 'POST /my/{p}', requestWith(overrides), parameters, 'id-1', now)

describe('the event of the citizen door (payload format 2.0)', () => {
  it('has the documented shape', () => {
    const given = {
      query: 'a=1&a=2&b=x%20y',
      headers: { ...requestWith().headers, cookie: 'one=1; two=2', 'x-many': 'p' },
    }
    expect(eventOf(given, { p: 'path' })).toEqual({
      version: '2.0',
      routeKey: 'POST /my/{p}',
      rawPath: '/my/path',
      rawQueryString: 'a=1&a=2&b=x%20y',
      cookies: ['one=1', 'two=2'],
      headers: { host: 'api1.example', 'content-type': 'application/json', 'user-agent': 'agent', 'x-many': 'p' },
      queryStringParameters: { a: '1,2', b: 'x y' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api1',
        domainName: 'api1.example',
        domainPrefix: 'api1',
        http: { method: 'POST', path: '/my/path', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'agent' },
        requestId: 'id-1',
        routeKey: 'POST /my/{p}',
        stage: '$default',
        time: '12/Mar/2020:19:03:58 +0000',
        timeEpoch: now,
      },
      pathParameters: { p: 'path' },
      body: '{"a":"熊"}',
      isBase64Encoded: false,
    })
  })

  it('leaves out what a request does not have', () => {
    const event = eventOf({ body: undefined })
    for (const name of ['cookies', 'queryStringParameters', 'pathParameters', 'body'])
      expect(event).not.toHaveProperty(name)
  })

  it.each(['constructor', '__proto__', 'toString'])('passes a query parameter named %s on', (name) => {
    const event = JSON.parse(JSON.stringify(eventOf({ query: `${name}=1&${name}=2` })))
    expect(Object.entries(event.queryStringParameters)).toEqual([[name, '1,2']])
  })

  it('gives the path decoded, as the service does', () => {
    expect(eventOf({ path: '/my/%E7%86%8A' })).toMatchObject({ rawPath: '/my/熊' })
  })

  it.each(['application/octet-stream', 'application/x-www-form-urlencoded', 'application/problem+json', undefined])(
    'passes a body of type %s on as base64',
    (type) => {
      const headers = type === undefined ? {} : { 'content-type': type }
      expect(eventOf({ headers, body: Buffer.from([0xff, 0x00]) })).toMatchObject({
        body: '/wA=',
        isBase64Encoded: true,
      })
    },
  )

  it.each(['application/json; charset=utf-8', 'text/plain', 'application/xml', 'application/javascript'])(
    'passes a body of type %s on as text',
    (type) => {
      expect(eventOf({ headers: { 'content-type': type }, body: Buffer.from('x') })).toMatchObject({
        body: 'x',
        isBase64Encoded: false,
      })
    },
  )

  it('says the time anew when the second changes', () => {
    expect([gatewayTime(now), gatewayTime(now + 1_000), gatewayTime(now)]).toEqual([
      '12/Mar/2020:19:03:58 +0000',
      '12/Mar/2020:19:03:59 +0000',
      '12/Mar/2020:19:03:58 +0000',
    ])
  })
})
