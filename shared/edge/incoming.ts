// One shape for what arrives, whichever front door it came through: HTTP API events (payload 2.0) and REST API events.
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda'

export type GatewayEvent = APIGatewayProxyEventV2 | APIGatewayProxyEvent

export interface Arrival {
  readonly door: 'citizen' | 'agency'
  readonly method: string
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly pathParameters: Readonly<Record<string, string | undefined>>
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: string | undefined
  readonly isBase64: boolean
  readonly requestId: string
  /** Which agency's key the gateway recognised. */
  readonly apiKeyId: string | undefined
}

const isHttpApi = (event: GatewayEvent): event is APIGatewayProxyEventV2 =>
  'version' in event && event.version === '2.0'

const fromHttpApi = (event: APIGatewayProxyEventV2): Arrival => ({
  door: 'citizen',
  method: event.requestContext.http.method,
  path: event.rawPath,
  headers: event.headers,
  pathParameters: event.pathParameters ?? {},
  query: event.queryStringParameters ?? {},
  body: event.body,
  isBase64: event.isBase64Encoded,
  requestId: event.requestContext.requestId,
  apiKeyId: undefined,
})

const fromRestApi = (event: APIGatewayProxyEvent): Arrival => ({
  door: 'agency',
  method: event.httpMethod,
  path: event.path,
  headers: Object.fromEntries(Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
  pathParameters: event.pathParameters ?? {},
  query: event.queryStringParameters ?? {},
  body: event.body ?? undefined,
  isBase64: event.isBase64Encoded,
  requestId: event.requestContext.requestId,
  apiKeyId: event.requestContext.identity.apiKeyId ?? undefined,
})

export const arrivalOf = (event: GatewayEvent): Arrival => (isHttpApi(event) ? fromHttpApi(event) : fromRestApi(event))
