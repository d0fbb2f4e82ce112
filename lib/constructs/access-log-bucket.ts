// Where S3 writes who read what. S3 can deliver its logs only to a bucket under its own key, not ours.
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import { acknowledge } from './acknowledge.ts'

export const accessLogBucket = (scope: Construct, id: string, house: House, name: string): Bucket => {
  const bucket = new Bucket(scope, id, {
    bucketName: house.names.bucket(name),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [
      { expiration: Duration.days(house.settings.logDays), noncurrentVersionExpiration: Duration.days(1) },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  })
  bucket.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  )
  acknowledge(bucket, { 'AwsSolutions-S1': 'It holds the access logs itself; logging its own access would never end.' })
  return bucket
}
