// The key of documents that the CDN serves: private like all others, and opened for the CDN of this account alone.
import { Aws } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Key } from 'aws-cdk-lib/aws-kms'

/** The CDN is known by its account rather than by its id: what it reads is made before it is. */
export const fromOurCdn = {
  ArnLike: { 'AWS:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/*` },
}

export const letCdnDecrypt = (key: Key): void => {
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['kms:Decrypt'],
      // In a key's own policy the star means this key.
      resources: ['*'],
      conditions: fromOurCdn,
    }),
  )
}
