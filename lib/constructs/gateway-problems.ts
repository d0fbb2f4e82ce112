// What the gateway refuses by itself is told as the edge would tell it: RFC 9457, in both languages, since the gateway
// cannot read Accept-Language.
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway'
import { type ProblemCode, problems, problemType } from '../../shared/kernel/problems.ts'
import { pascal } from '../names.ts'

/** The gateway knows no better moment; a second is how its token bucket fills. */
const RETRY_AFTER_SECONDS = 1

const refusals: readonly (readonly [ResponseType, ProblemCode])[] = [
  [ResponseType.THROTTLED, 'TOO_MANY_REQUESTS'],
  [ResponseType.QUOTA_EXCEEDED, 'TOO_MANY_REQUESTS'],
  [ResponseType.INVALID_API_KEY, 'API_KEY_REFUSED'],
  // The gateway's name for "no such route".
  [ResponseType.MISSING_AUTHENTICATION_TOKEN, 'ROUTE_UNKNOWN'],
  [ResponseType.ACCESS_DENIED, 'CALLER_NOT_ALLOWED'],
  [ResponseType.WAF_FILTERED, 'CALLER_NOT_ALLOWED'],
  [ResponseType.REQUEST_TOO_LARGE, 'BODY_TOO_LARGE'],
  [ResponseType.INTEGRATION_TIMEOUT, 'TOO_SLOW'],
  [ResponseType.DEFAULT_4XX, 'REQUEST_INVALID'],
  [ResponseType.DEFAULT_5XX, 'FAULT'],
]

/** As the edge names a request. */
const INSTANCE = 'urn:tongquan:request:$context.requestId'

const bodyOf = (code: ProblemCode): string => {
  const { status, title } = problems[code]
  const type = problemType(code)
  return `{"type":"${type}","title":"${title.zh} / ${title.en}","status":${status},"code":"${code}","instance":"${INSTANCE}"}`
}

const mayBeRepeated = (code: ProblemCode) => problems[code].status === 429 || problems[code].status === 503

export const gatewayProblems = (api: RestApi): void => {
  for (const [type, code] of refusals) {
    api.addGatewayResponse(pascal(type.responseType.toLowerCase().replaceAll('_', '-')), {
      type,
      statusCode: String(problems[code].status),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        'Cache-Control': "'no-store'",
        ...(mayBeRepeated(code) ? { 'Retry-After': `'${RETRY_AFTER_SECONDS}'` } : {}),
      },
      templates: { 'application/json': bodyOf(code) },
    })
  }
}
