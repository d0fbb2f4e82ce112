// How the CDK renders. Set here and not in cdk.json, so that `cdk synth` and the local stage, which starts the app
// without the CDK command, get the very same template.
export const flags = {
  // Says in the template which directory of the assembly holds a function's code; the local stage reads it.
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:enable-path-metadata': true,
  '@aws-cdk/core:target-partitions': ['aws'],
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/aws-apigateway:disableCloudWatchRole': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/aws-s3:createDefaultLoggingPolicy': true,
  '@aws-cdk/core:checkSecretUsage': true,
  // What a stack lends to another cannot be taken away under it. Few things are lent: names are computed (names.ts).
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  '@aws-cdk/core:annotationsInValidationReport': true,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
} as const
