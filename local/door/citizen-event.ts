// The event of an HTTP API, payload format 2.0: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
// Seen on the real service: rawPath comes decoded; only text/*, application/json, application/xml and application/javascript are
// passed as text, everything else (also forms and bodies without a type) comes as base64.
import type { IncomingHttpHeaders } from 'node:http'
import { decoded } from './paths.ts'

export interface CitizenRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer | undefined
  readonly sourceIp: string
  readonly protocol: string
}

export interface CitizenApi {
  readonly apiId: string
  readonly account: string
  readonly stage: string
  readonly region: string
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const two = (value: number): string => (value < 10 ? `0${value}` : String(value))

let stampedSecond = -1
let stamp = ''
/** `12/Mar/2020:19:03:58 +0000`; the same for a whole second. */
export const gatewayTime = (now: number): string => {
  const second = Math.floor(now / 1_000)
  if (second === stampedSecond) return stamp
  const at = new Date(now)
  stampedSecond = second
  stamp = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`
  return stamp
}

const isText = (type: string | undefined): boolean => {
  if (type === undefined) return false
  const plain = (type.includes(';') ? type.slice(0, type.indexOf(';')) : type).trim().toLowerCase()
  return (
    plain === 'application/json' ||
    plain.startsWith('text/') ||
    plain === 'application/xml' ||
    plain === 'application/javascript'
  )
}

const flat = (headers: IncomingHttpHeaders): { headers: Record<string, string>; cookies: string[] | undefined } => {
  const out: Record<string, string> = {}
  let cookies: string[] | undefined
  for (const name in headers) {
    const value = headers[name]
    if (value === undefined) continue
    if (name === 'cookie') cookies = String(value).split('; ')
    else out[name] = typeof value === 'string' ? value : value.join(',')
  }
  return { headers: out, cookies }
}

const queryOf = (query: string): Record<string, string> | undefined => {
  if (query === '') return undefined
  // A map, since a client may well name a parameter `constructor`.
  const values = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(query)) {
    const before = values.get(name)
    values.set(name, before === undefined ? value : `${before},${value}`)
  }
  return Object.fromEntries(values)
}

export const citizenEvent = (
  api: CitizenApi,
  routeKey: string,
  request: CitizenRequest,
  parameters: Readonly<Record<string, string>> | undefined,
  requestId: string,
  now: number,
): object => {
  const { headers, cookies } = flat(request.headers)
  const path = decoded(request.path)
  const queryStringParameters = queryOf(request.query)
  const text = request.body !== undefined && isText(headers['content-type'])
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: request.query,
    ...(cookies ? { cookies } : {}),
    headers,
    ...(queryStringParameters ? { queryStringParameters } : {}),
    requestContext: {
      accountId: api.account,
      apiId: api.apiId,
      domainName: headers['host'] ?? `${api.apiId}.execute-api.${api.region}.amazonaws.com`,
      domainPrefix: api.apiId,
      http: {
        method: request.method,
        path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: api.stage,
      time: gatewayTime(now),
      timeEpoch: now,
    },
    ...(parameters ? { pathParameters: parameters } : {}),
    ...(request.body === undefined ? {} : { body: request.body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body !== undefined && !text,
  }
}
