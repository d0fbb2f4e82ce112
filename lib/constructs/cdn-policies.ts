// What the CDN keeps, forwards and adds.
import { CfnCachePolicy, CfnOriginRequestPolicy, CfnResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'

/** As long as the origin says and no longer; nothing said, nothing kept. The origin says `no-store` for whatever is personal. */
const NOT_UNLESS_SAID_SECONDS = 0
/** Above it a wrong Cache-Control would be with us for too long. */
const LONGEST_ANSWER_SECONDS = 3_600
const LONGEST_DOCUMENT_SECONDS = 31_536_000
const HSTS_SECONDS = 63_072_000

/** Only what an endpoint declares: with any other word in the address, everyone could go past the cache. */
const declaredQuery = ({ city }: House): CfnCachePolicy.QueryStringsConfigProperty => {
  const names = new Set(city.endpoints.flatMap(({ declared }) => Object.keys(declared.query ?? {})))
  return names.size === 0
    ? { queryStringBehavior: 'none' }
    : { queryStringBehavior: 'whitelist', queryStrings: [...names].sort() }
}

/** The language decides the words; the token makes sure that no answer can cross from one person to another. */
export const answerCache = (scope: Construct, house: House): CfnCachePolicy =>
  new CfnCachePolicy(scope, 'AnswerCache', {
    cachePolicyConfig: {
      name: house.names.plain('answers'),
      minTtl: NOT_UNLESS_SAID_SECONDS,
      defaultTtl: NOT_UNLESS_SAID_SECONDS,
      maxTtl: LONGEST_ANSWER_SECONDS,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: 'none' },
        headersConfig: { headerBehavior: 'whitelist', headers: ['Accept-Language', 'Authorization'] },
        queryStringsConfig: declaredQuery(house),
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      },
    },
  })

export const documentCache = (scope: Construct, house: House): CfnCachePolicy =>
  new CfnCachePolicy(scope, 'DocumentCache', {
    cachePolicyConfig: {
      name: house.names.plain('documents'),
      minTtl: NOT_UNLESS_SAID_SECONDS,
      defaultTtl: NOT_UNLESS_SAID_SECONDS,
      maxTtl: LONGEST_DOCUMENT_SECONDS,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: 'none' },
        headersConfig: { headerBehavior: 'none' },
        queryStringsConfig: { queryStringBehavior: 'none' },
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      },
    },
  })

/** Headers the edge reads, and no others. The caller's address is CloudFront's own word for it. At most ten may be named. */
export const forwardedHeaders = [
  'CloudFront-Viewer-Address',
  'Content-Type',
  'DPoP',
  'Idempotency-Key',
  'Origin',
  'Access-Control-Request-Method',
  'Access-Control-Request-Headers',
] as const

export const forwarding = (scope: Construct, house: House): CfnOriginRequestPolicy =>
  new CfnOriginRequestPolicy(scope, 'Forwarding', {
    originRequestPolicyConfig: {
      name: house.names.plain('forwarding'),
      // The sign-in provider keeps its place in cookies; the rest of the city sets none.
      cookiesConfig: { cookieBehavior: 'all' },
      headersConfig: { headerBehavior: 'whitelist', headers: [...forwardedHeaders] },
      queryStringsConfig: { queryStringBehavior: 'all' },
    },
  })

const CONTENT_SECURITY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** For the site and documents. What the API answers carries its own (shared/edge). */
export const siteHeaders = (scope: Construct, house: House): CfnResponseHeadersPolicy =>
  new CfnResponseHeadersPolicy(scope, 'SiteHeaders', {
    responseHeadersPolicyConfig: {
      name: house.names.plain('site'),
      securityHeadersConfig: {
        contentSecurityPolicy: { contentSecurityPolicy: CONTENT_SECURITY, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: 'DENY', override: true },
        referrerPolicy: { referrerPolicy: 'same-origin', override: true },
        strictTransportSecurity: { accessControlMaxAgeSec: HSTS_SECONDS, includeSubdomains: true, override: true },
      },
    },
  })
