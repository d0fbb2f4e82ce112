// CloudFront's newer log delivery, because it lets us choose the fields: its older one always writes addresses, paths and
// agents, which are personal data.
import { Aws } from 'aws-cdk-lib'
import type { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'

const FIELDS = [
  'date',
  'time',
  'x-edge-location',
  'x-edge-request-id',
  'cs-method',
  'cache-behavior-path-pattern',
  'sc-status',
  'sc-bytes',
  'x-edge-result-type',
  'x-edge-detailed-result-type',
  'time-taken',
  'time-to-first-byte',
]

export const deliverCdnLogs = (scope: Construct, house: House, distribution: CfnDistribution, bucket: Bucket): void => {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    }),
  )
  const source = new CfnDeliverySource(scope, 'LogSource', {
    name: house.names.plain('cdn'),
    logType: 'ACCESS_LOGS',
    resourceArn: `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distribution.ref}`,
  })
  const destination = new CfnDeliveryDestination(scope, 'LogDestination', {
    name: house.names.plain('cdn'),
    destinationResourceArn: bucket.bucketArn,
    outputFormat: 'json',
  })
  const delivery = new CfnDelivery(scope, 'LogDelivery', {
    deliverySourceName: source.name,
    deliveryDestinationArn: destination.attrArn,
    recordFields: FIELDS,
  })
  delivery.addResourceDependency(source)
  delivery.node.addDependency(bucket)
}
