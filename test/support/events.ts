// Gateway events as the two front doors make them, with what a test wants to differ.
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda'

export const ORIGIN_SECRET = 'the-secret-of-the-cdn-in-tests'

export interface Wish {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly pathParameters?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: string
  readonly isBase64?: boolean
  /** As if somebody had found the API behind the CDN. */
  readonly direct?: boolean
}

export const httpApiEvent = (wish: Wish = {}): APIGatewayProxyEventV2 => {
  const method = wish.method ?? 'GET'
  const path = wish.path ?? '/'
  return {
    version: '2.0',
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: new URLSearchParams(wish.query).toString(),
    headers: { ...(wish.direct ? {} : { 'x-origin-secret': ORIGIN_SECRET }), ...wish.headers },
    ...(wish.query && { queryStringParameters: { ...wish.query } }),
    ...(wish.pathParameters && { pathParameters: { ...wish.pathParameters } }),
    ...(wish.body !== undefined && { body: wish.body }),
    isBase64Encoded: wish.isBase64 ?? false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      domainName: 'test',
      domainPrefix: 'test',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: `${method} ${path}`,
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 0,
    },
  }
}

export const restApiEvent = (wish: Wish & { readonly apiKeyId?: string } = {}): APIGatewayProxyEvent => ({
  resource: wish.path ?? '/',
  path: wish.path ?? '/',
  httpMethod: wish.method ?? 'GET',
  headers: { ...wish.headers },
  multiValueHeaders: {},
  queryStringParameters: wish.query ? { ...wish.query } : null,
  multiValueQueryStringParameters: null,
  pathParameters: wish.pathParameters ? { ...wish.pathParameters } : null,
  stageVariables: null,
  body: wish.body ?? null,
  isBase64Encoded: false,
  requestContext: {
    accountId: '000000000000',
    apiId: 'test',
    authorizer: undefined,
    protocol: 'HTTP/1.1',
    httpMethod: wish.method ?? 'GET',
    path: wish.path ?? '/',
    stage: 'test',
    requestId: 'request-1',
    requestTimeEpoch: 0,
    resourceId: 'test',
    resourcePath: wish.path ?? '/',
    identity: {
      accessKey: null,
      accountId: null,
      apiKey: null,
      apiKeyId: wish.apiKeyId ?? null,
      caller: null,
      clientCert: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: '127.0.0.1',
      user: null,
      userAgent: null,
      userArn: null,
    },
  },
})

export const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:test',
  memoryLimitInMB: '512',
  awsRequestId: 'request-1',
  logGroupName: 'test',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => 10_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
}
