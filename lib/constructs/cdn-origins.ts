// Where the CDN fetches from: the site's bucket, the public documents, and the citizen API, which it proves itself to.
import { Aws, SecretValue } from 'aws-cdk-lib'
import { type CfnDistribution, CfnOriginAccessControl } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import { ORIGIN_SECRET } from '../keys.ts'

export const SITE_ORIGIN = 'site'
export const API_ORIGIN = 'api'
export const SITE_BUCKET = 'site'

/** The edge checks it before anything else (shared/edge). */
const ORIGIN_SECRET_HEADER = 'x-origin-secret'

/** The gateway gives up at 30 s; nothing is won by hanging up sooner. */
const ORIGIN_READ_TIMEOUT_SECONDS = 30

export const cdnOrigins = (
  scope: Construct,
  house: House,
  apiHost: string,
  siteBucketHost: string,
): CfnDistribution.OriginProperty[] => {
  const access = new CfnOriginAccessControl(scope, 'OriginAccess', {
    originAccessControlConfig: {
      name: house.names.plain('cdn'),
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    },
  })
  const documents = house.city.buckets.filter((declared) => declared.isPublic)
  return [
    bucketOrigin(SITE_ORIGIN, siteBucketHost, access),
    ...documents.map(({ name }) => bucketOrigin(name, bucketHost(house, name), access)),
    apiOrigin(house, apiHost),
  ]
}

const bucketHost = (house: House, name: string): string =>
  `${house.names.bucket(name)}.s3.${house.settings.region}.${Aws.URL_SUFFIX}`

const bucketOrigin = (
  id: string,
  domainName: string,
  access: CfnOriginAccessControl,
): CfnDistribution.OriginProperty => ({
  id,
  domainName,
  originAccessControlId: access.attrId,
  // An empty identity is how CloudFront is told that access control takes its place.
  s3OriginConfig: { originAccessIdentity: '' },
})

const apiOrigin = (house: House, domainName: string): CfnDistribution.OriginProperty => ({
  id: API_ORIGIN,
  domainName,
  customOriginConfig: {
    originProtocolPolicy: 'https-only',
    originSslProtocols: ['TLSv1.2'],
    originReadTimeout: ORIGIN_READ_TIMEOUT_SECONDS,
  },
  originCustomHeaders: [
    {
      headerName: ORIGIN_SECRET_HEADER,
      // Looked up by CloudFormation when it deploys; the template holds its name only.
      headerValue: SecretValue.secretsManager(house.names.secret(ORIGIN_SECRET)).unsafeUnwrap(),
    },
  ],
})
