// A bucket nobody reaches but through its grants: private, versioned, encrypted, over TLS, and write-once where documents are
// evidence. A public bucket is still private; only the CDN of this account may read it.
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import {
  BlockPublicAccess,
  BucketEncryption,
  CfnBucket,
  ObjectLockRetention,
  ObjectOwnership,
  Bucket as S3Bucket,
} from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { House } from '../house.ts'
import { fromOurCdn } from './document-key.ts'

export interface CityBucketProps {
  readonly house: House
  readonly key: IKey
  readonly name: string
  readonly isPublic: boolean
  readonly isWriteOnce: boolean
  readonly accessLogs?: S3Bucket
}

const retentionOf = (house: House): ObjectLockRetention => {
  const keep = Duration.days(house.settings.writeOnceDays)
  return house.settings.writeOnceMode === 'compliance'
    ? ObjectLockRetention.compliance(keep)
    : ObjectLockRetention.governance(keep)
}

export class CityBucket extends Construct {
  readonly bucket: S3Bucket

  constructor(scope: Construct, id: string, props: CityBucketProps) {
    super(scope, id)
    const { house, accessLogs, isWriteOnce } = props
    this.bucket = new S3Bucket(this, 'Bucket', {
      bucketName: house.names.bucket(props.name),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.KMS,
      encryptionKey: props.key,
      // One data key for many documents: without it every read of a public document would be a call to KMS.
      bucketKeyEnabled: true,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(isWriteOnce ? { objectLockEnabled: true, objectLockDefaultRetention: retentionOf(house) } : {}),
    })
    if (props.isPublic) this.letCdnRead()
    if (accessLogs) logAccess(this.bucket, accessLogs, props.name)
  }

  private letCdnRead(): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: fromOurCdn,
      }),
    )
  }
}

const logAccess = (bucket: S3Bucket, accessLogs: S3Bucket, name: string): void => {
  const { defaultChild } = bucket.node
  if (!(defaultChild instanceof CfnBucket)) throw new Error(`the bucket ${name} has no CloudFormation resource`)
  defaultChild.loggingConfiguration = { destinationBucketName: accessLogs.bucketName, logFilePrefix: `${name}/` }
}
