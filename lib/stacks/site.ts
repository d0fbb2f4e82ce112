// What the world sees: the CDN, with the static site, the citizen API and the public documents behind one address.
// It stands in CloudFront's own Region, where its certificate, web ACL and log delivery must be; what it fetches from
// the stage's Region it knows by name.
import { RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib'
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { accessLogBucket } from '../constructs/access-log-bucket.ts'
import { acknowledge } from '../constructs/acknowledge.ts'
import { alarmTopic } from '../constructs/alarm-topic.ts'
import { cdnBehaviours } from '../constructs/cdn-behaviours.ts'
import { deliverCdnLogs } from '../constructs/cdn-logs.ts'
import { cdnOrigins, SITE_BUCKET } from '../constructs/cdn-origins.ts'
import { CityBucket } from '../constructs/city-bucket.ts'
import { addressRecord } from '../constructs/custom-domain.ts'
import { fromOurCdn, letCdnDecrypt } from '../constructs/document-key.ts'
import { watchCdn } from '../constructs/house-alarms.ts'
import type { House } from '../house.ts'
import type { EdgeStack } from './edge.ts'

/** By it the rotation of the origin secret, in another Region, may know the CDN and no other distribution. */
export const STAGE_TAG = 'tongquan:stage'

/** CloudFront's own zone, the same for everybody. */
const CLOUDFRONT_ZONE_ID = 'Z2FDTNDATAQYW2'

/** CloudFront keeps these for ten seconds even when the answer says no-store: one fault would be everybody's. */
const NEVER_KEPT = [500, 502, 503, 504]

export interface SiteProps extends StackProps {
  readonly house: House
  /** Where the citizen API answers. */
  readonly apiHost: string
  readonly edge?: EdgeStack
}

export class SiteStack extends Stack {
  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id, props)
    const { house, apiHost, edge } = props
    const accessLogs = accessLogBucket(this, 'AccessLogs', house, 'cdn-logs')
    const site = this.siteBucket(house, accessLogs)
    const behaviours = cdnBehaviours(this, house)
    const distribution = new CfnDistribution(this, 'Cdn', {
      distributionConfig: {
        enabled: true,
        comment: house.names.plain('cdn'),
        defaultRootObject: 'index.html',
        httpVersion: 'http2and3',
        ipv6Enabled: true,
        // Asia is in it; South America and Oceania are served from further away.
        priceClass: 'PriceClass_200',
        origins: cdnOrigins(this, house, apiHost, site.bucketRegionalDomainName),
        defaultCacheBehavior: behaviours.standard,
        cacheBehaviors: behaviours.byPath,
        customErrorResponses: NEVER_KEPT.map((errorCode) => ({ errorCode, errorCachingMinTtl: 0 })),
        ...addressOf(house, edge),
      },
    })
    if (house.settings.addresses) {
      deliverCdnLogs(this, house, distribution, accessLogs)
      Tags.of(distribution).add(STAGE_TAG, house.settings.stage)
      addressRecord(
        this,
        house.settings.addresses,
        house.settings.addresses.domain,
        distribution.attrDomainName,
        CLOUDFRONT_ZONE_ID,
        ['A', 'AAAA'],
      )
    }
    const { alarmEmail: email } = house.settings
    if (email !== undefined) watchCdn({ scope: this, house, topic: alarmTopic(this, house, email) }, distribution.ref)
    acknowledgeCdn(house, distribution)
  }

  private siteBucket(house: House, accessLogs: Bucket): Bucket {
    const key = new Key(this, 'Key', {
      alias: house.names.alias('site'),
      description: 'The static site at rest',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    letCdnDecrypt(key)
    const { bucket } = new CityBucket(this, 'Site', {
      house,
      key,
      name: SITE_BUCKET,
      isPublic: true,
      isWriteOnce: false,
      accessLogs,
    })
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        // So that a page that is not there is "not found" and not "forbidden".
        actions: ['s3:ListBucket'],
        resources: [bucket.bucketArn],
        conditions: fromOurCdn,
      }),
    )
    return bucket
  }
}

const addressOf = (house: House, edge: EdgeStack | undefined): Partial<CfnDistribution.DistributionConfigProperty> =>
  house.settings.addresses && edge
    ? {
        aliases: [house.settings.addresses.domain],
        webAclId: edge.webAclArn,
        viewerCertificate: {
          acmCertificateArn: edge.certificate.certificateArn,
          minimumProtocolVersion: 'TLSv1.2_2021',
          sslSupportMethod: 'sni-only',
        },
      }
    : {}

const acknowledgeCdn = (house: House, distribution: CfnDistribution): void => {
  acknowledge(distribution, {
    'AwsSolutions-CFR1': 'Citizens travel, and a city pass must work for them abroad; no country is shut out.',
    'AwsSolutions-CFR3':
      'Access is logged by standard logging v2 (LogDelivery), with fields that hold no personal data; the rule knows the older logging only.',
  })
  if (house.settings.addresses) return
  acknowledge(distribution, {
    'AwsSolutions-CFR2':
      'Without an address of its own the stage runs on one machine, where nobody from outside can come.',
    'AwsSolutions-CFR4':
      'Only a certificate of its own lets a distribution choose; every stage with an address has one.',
  })
}
