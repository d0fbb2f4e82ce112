// One line per request at the gateway: enough to see that a request never reached a function, nothing that tells of a person.
// No address and no path (a path can hold an id): the route says which door was knocked on.
const fields = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationError: '$context.integrationErrorMessage',
}

export const accessLogFormat = JSON.stringify(fields)

/** The REST API has other names for the same. */
export const agencyAccessLogFormat = JSON.stringify({
  ...fields,
  route: '$context.httpMethod $context.resourcePath',
  integrationError: '$context.integration.error',
  apiKeyId: '$context.identity.apiKeyId',
})
