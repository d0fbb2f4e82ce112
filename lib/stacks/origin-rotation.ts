// Changes the secret between CDN and edge every month. It comes after the CDN, since the first rotation starts at once.
import { Aws, Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { CfnPermission } from 'aws-cdk-lib/aws-lambda'
import { CfnRotationSchedule } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import { acknowledge } from '../constructs/acknowledge.ts'
import { CityFunction } from '../constructs/city-function.ts'
import { useOfKey } from '../grants.ts'
import { addressesOf, type House, ROTATION } from '../house.ts'
import type { Keys } from '../keys.ts'
import { STAGE_TAG } from './site.ts'

/** Short enough that a leaked value is soon worth nothing. */
const EVERY = Duration.days(30)
/** CloudFront is changed everywhere within minutes; the step that waits for it gives up after twelve. */
const BUDGET_MS = 800_000

const DISTRIBUTIONS = `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/*`

export class OriginRotationStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { house: House; keys: Keys }) {
    super(scope, id, props)
    const { house, keys } = props
    const { lambda, role } = new CityFunction(this, 'Rotate', {
      house,
      keys,
      source: ROTATION,
      powers: {},
      budgetMs: BUDGET_MS,
      harm: 'The secret between CDN and API grows old',
      environment: {
        ORIGIN_SECRET_ARN: keys.origin.secretArn,
        PUBLIC_ORIGIN: addressesOf(this, house.settings).publicOrigin,
      },
      statements: grants(house, keys),
    })
    acknowledge(role, {
      'AwsSolutions-IAM5[Resource::*]':
        'cloudfront:ListDistributions knows no resource; the CDN is found by its address.',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/*]':
        "The CDN is made in another Region; its tag, which only this stage's distribution bears, limits the grant to it.",
    })
    const permission = new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionArn,
      principal: 'secretsmanager.amazonaws.com',
      sourceArn: keys.origin.secretArn,
    })
    const schedule = new CfnRotationSchedule(this, 'Schedule', {
      secretId: keys.origin.secretArn,
      rotationLambdaArn: lambda.functionArn,
      rotationRules: { automaticallyAfterDays: EVERY.toDays() },
    })
    schedule.addResourceDependency(permission)
    schedule.node.addDependency(role)
  }
}

const grants = (house: House, keys: Keys): readonly PolicyStatement[] => [
  new PolicyStatement({
    actions: [
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'secretsmanager:UpdateSecretVersionStage',
    ],
    resources: [keys.origin.secretArn],
  }),
  useOfKey(keys.data.keyArn, 'secretsmanager', ['kms:Decrypt', 'kms:GenerateDataKey']),
  new PolicyStatement({ actions: ['cloudfront:ListDistributions'], resources: ['*'] }),
  new PolicyStatement({
    actions: ['cloudfront:GetDistribution', 'cloudfront:GetDistributionConfig', 'cloudfront:UpdateDistribution'],
    resources: [DISTRIBUTIONS],
    conditions: { StringEquals: { [`aws:ResourceTag/${STAGE_TAG}`]: house.settings.stage } },
  }),
]
