// Where alarms go to reach people. Each Region needs its own: an alarm tells only a topic beside it.
import { Aws, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'

export const alarmTopic = (scope: Construct, house: House, email: string): Topic => {
  const masterKey = new Key(scope, 'AlarmKey', {
    alias: house.names.alias('alarms'),
    description: 'Alarms on their way to people',
    enableKeyRotation: true,
    // A message waits for seconds; there is nothing to keep.
    removalPolicy: RemovalPolicy.DESTROY,
  })
  masterKey.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  )
  const topic = new Topic(scope, 'Alarms', { topicName: house.names.plain('alarms'), masterKey, enforceSSL: true })
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  )
  topic.addSubscription(new EmailSubscription(email))
  return topic
}
