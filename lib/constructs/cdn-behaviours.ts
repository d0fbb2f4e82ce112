// Which path is answered by whom. API paths are named one by one; everything else is the site.
import type { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import { cdnFunction, DROP_FIRST_SEGMENT, NAME_LANGUAGE } from './cdn-code.ts'
import { API_ORIGIN, SITE_ORIGIN } from './cdn-origins.ts'
import { answerCache, documentCache, forwarding, siteHeaders } from './cdn-policies.ts'

/** Every route of the citizen door must match one of them: a law looks. */
export const apiPaths = ['/v1/*', '/openapi.json', '/docs*', '/health', '/oidc/*'] as const

const READING = ['GET', 'HEAD']
const ALL_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']

export interface Behaviours {
  readonly standard: CfnDistribution.DefaultCacheBehaviorProperty
  readonly byPath: CfnDistribution.CacheBehaviorProperty[]
}

export const cdnBehaviours = (scope: Construct, house: House): Behaviours => {
  const documents = documentsFrom(scope, house)
  const dropFirstSegment = cdnFunction(scope, house, 'drop-first-segment', DROP_FIRST_SEGMENT)
  const api = answersFrom(scope, house)
  return {
    standard: { ...documents, targetOriginId: SITE_ORIGIN },
    byPath: [
      ...apiPaths.map((pathPattern) => ({ ...api, pathPattern })),
      ...house.city.buckets
        .filter((declared) => declared.isPublic)
        .map(({ name }) => ({
          ...documents,
          pathPattern: `/${name}/*`,
          targetOriginId: name,
          functionAssociations: [{ eventType: 'viewer-request', functionArn: dropFirstSegment.attrFunctionArn }],
        })),
    ],
  }
}

const documentsFrom = (scope: Construct, house: House) => ({
  viewerProtocolPolicy: 'redirect-to-https',
  allowedMethods: READING,
  cachedMethods: READING,
  compress: true,
  cachePolicyId: documentCache(scope, house).attrId,
  responseHeadersPolicyId: siteHeaders(scope, house).attrId,
})

const answersFrom = (scope: Construct, house: House) => ({
  targetOriginId: API_ORIGIN,
  // A redirected POST loses its body; better to refuse plain HTTP.
  viewerProtocolPolicy: 'https-only',
  allowedMethods: ALL_METHODS,
  cachedMethods: READING,
  compress: true,
  cachePolicyId: answerCache(scope, house).attrId,
  originRequestPolicyId: forwarding(scope, house).attrId,
  functionAssociations: [
    {
      eventType: 'viewer-request',
      functionArn: cdnFunction(scope, house, 'name-language', NAME_LANGUAGE).attrFunctionArn,
    },
  ],
})
