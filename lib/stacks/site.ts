// What the world sees: the CDN, with the static site, the citizen API and the public documents behind one address.
// It stands in CloudFront's own Region, where its certificate, web ACL and log delivery must be; what it fetches from
// the stage's Region it knows by name.
import { Aws, Stack, type StackProps } from 'aws-cdk-lib'
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53'
import type { Construct } from 'constructs'
import { accessLogBucket } from '../constructs/access-log-bucket.ts'
import { cdnBehaviours } from '../constructs/cdn-behaviours.ts'
import { deliverCdnLogs } from '../constructs/cdn-logs.ts'
import { API_ORIGIN, cdnOrigins, SITE_ORIGIN } from '../constructs/cdn-origins.ts'
import { acknowledge } from '../constructs/acknowledge.ts'
import { CityBucket } from '../constructs/city-bucket.ts'
import { documentKey } from '../constructs/document-key.ts'
import type { House } from '../house.ts'
import type { Addresses } from '../settings.ts'
import type { EdgeStack } from './edge.ts'
import { pascal } from '../names.ts'

export interface SiteProps extends StackProps {
  readonly house: House
  /** Where the citizen API answers when it has no domain of its own. */
  readonly apiId: string
  readonly edge?: EdgeStack
}
