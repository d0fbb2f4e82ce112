// The event of a REST API, payload format 1.0: https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html#apigateway-example-event
import type { IncomingMessage } from 'node:http'
import { gatewayTime } from './citizen-event.ts'

export interface AgencyApi {
  readonly apiId: string
  readonly account: string
  readonly stage: string
  readonly region: string
  readonly binaryTypes: readonly string[]
}

export interface AgencyRequest {
  readonly message: IncomingMessage
  readonly path: string
  readonly query: string
  readonly body: Buffer | undefined
  readonly sourceIp: string
  readonly apiKey: { readonly id: string; readonly value: string } | undefined
}

export interface AgencyRoute {
  readonly resource: string
  readonly resourceId: string
}

/** A map, since a client may well name a header or a query parameter `constructor`. */
type Lists = Map<string, string[]>

const add = (lists: Lists, name: string, value: string): void => {
  const list = lists.get(name)
  if (list) list.push(value)
  else lists.set(name, [value])
}

/** The last value of each; `null` when there is none, as the gateway sends it. */
const lastOf = (lists: Lists): Record<string, string> | null => {
  const entries = [...lists].map(([name, values]) => [name, values.at(-1) ?? ''] as const)
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

const isBinary = (type: string | undefined, binaryTypes: readonly string[]): boolean =>
  binaryTypes.includes('*/*') || (type !== undefined && binaryTypes.includes(type.split(';')[0] ?? ''))

export const agencyEvent = (
  api: AgencyApi,
  route: AgencyRoute,
  request: AgencyRequest,
  parameters: Readonly<Record<string, string>> | undefined,
  requestId: string,
  now: number,
): object => {
  const headers: Lists = new Map()
  const raw = request.message.rawHeaders
  for (let index = 0; index < raw.length; index += 2) add(headers, raw[index] ?? '', raw[index + 1] ?? '')
  add(headers, 'X-Forwarded-For', request.sourceIp)
  add(headers, 'X-Forwarded-Proto', 'https')
  const query: Lists = new Map()
  for (const [name, value] of new URLSearchParams(request.query)) add(query, name, value)
  const binary = request.body !== undefined && isBinary(request.message.headers['content-type'], api.binaryTypes)
  const method = request.message.method ?? 'GET'
  return {
    resource: route.resource,
    path: request.path,
    httpMethod: method,
    headers: lastOf(headers),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: lastOf(query),
    multiValueQueryStringParameters: query.size === 0 ? null : Object.fromEntries(query),
    pathParameters: parameters ?? null,
    stageVariables: null,
    requestContext: {
      resourceId: route.resourceId,
      resourcePath: route.resource,
      httpMethod: method,
      extendedRequestId: requestId,
      requestTime: gatewayTime(now),
      path: `/${api.stage}${request.path}`,
      accountId: api.account,
      protocol: `HTTP/${request.message.httpVersion}`,
      stage: api.stage,
      domainPrefix: api.apiId,
      requestTimeEpoch: now,
      requestId,
      identity: {
        ...(request.apiKey ? { apiKey: request.apiKey.value, apiKeyId: request.apiKey.id } : {}),
        sourceIp: request.sourceIp,
        userAgent: request.message.headers['user-agent'] ?? null,
      },
      domainName: request.message.headers.host ?? `${api.apiId}.execute-api.${api.region}.amazonaws.com`,
      apiId: api.apiId,
    },
    body: request.body === undefined ? null : request.body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary,
  }
}
