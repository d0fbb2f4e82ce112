// No grant is wider than what it names. A star that cannot be avoided stands here with its reason.
import { at, type Found, listAt, ofType, type StackTemplate, textOf } from './templates.ts'

export interface Grant {
  readonly where: string
  readonly effect: string
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly conditions: string
}

const policiesOf = ({ type, properties }: Found): readonly unknown[] => {
  if (type === 'AWS::IAM::Role') return listAt(properties, 'Policies').map((policy) => at(policy, 'PolicyDocument'))
  return [properties.PolicyDocument]
}

/** Every statement that a role of ours holds. A resource's own policy is about that resource alone. */
export const grantsIn = (stacks: readonly StackTemplate[]): readonly Grant[] =>
  ofType(stacks, 'AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').flatMap((holder) =>
    policiesOf(holder).flatMap((policy) =>
      listAt(policy, 'Statement').map((statement) => ({
        where: `${holder.stack} ${holder.id}`,
        effect: textOf(at(statement, 'Effect')),
        actions: listAt(statement, 'Action').map(textOf),
        resources: listAt(statement, 'Resource').map(textOf),
        conditions: JSON.stringify(at(statement, 'Condition') ?? {}),
      })),
    ),
  )

/** Actions that AWS lets nobody limit to a resource. */
const withoutResource: Readonly<Record<string, string>> = {
  'cloudfront:ListDistributions': 'Listing knows no resource; it tells names of distributions and changes none.',
}

const DOCUMENTS = /^arn:(aws|<AWS::Partition>):s3:::tongquan-[a-z0-9-]+-<AWS::AccountId>\/\*$/
const DISTRIBUTIONS = /^arn:(aws|<AWS::Partition>):cloudfront::<AWS::AccountId>:distribution\/\*$/

/** A star that names exactly one thing all the same. */
const isBounded = ({ actions, conditions }: Grant, resource: string): boolean =>
  (DOCUMENTS.test(resource) && actions.every((action) => action === 's3:GetObject' || action === 's3:PutObject')) ||
  // The rotation stands in another Region than the CDN and knows it by its tag.
  (DISTRIBUTIONS.test(resource) && conditions.includes('aws:ResourceTag/tongquan:stage')) ||
  (resource === '*' && actions.every((action) => action in withoutResource))

export const grantLaws = (stacks: readonly StackTemplate[]): readonly string[] =>
  grantsIn(stacks)
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((grant) => [
      ...grant.actions
        .filter((action) => /[*?]/.test(action))
        .map((action) => `${grant.where}: the action ${action} is many`),
      ...grant.resources
        .filter((resource) => /[*?]/.test(resource) && !isBounded(grant, resource))
        .map((resource) => `${grant.where}: ${grant.actions.join(', ')} on ${resource} is more than one thing`),
    ])

/** Policies that AWS writes, and why each is taken as it is. */
const managed: Readonly<Record<string, string>> = {
  AmazonAPIGatewayPushToCloudWatchLogs: 'API Gateway accepts no narrower one for its logging role.',
  AWSBackupServiceRolePolicyForBackup: 'What AWS Backup needs grows with it; only the service takes the role.',
  AWSBackupServiceRolePolicyForS3Backup: 'The same, for buckets.',
}

export const managedPolicyLaws = (stacks: readonly StackTemplate[]): readonly string[] =>
  ofType(stacks, 'AWS::IAM::Role').flatMap(({ stack, id, properties }) =>
    listAt(properties, 'ManagedPolicyArns')
      .map(textOf)
      .filter((arn) => !(arn.slice(arn.lastIndexOf('/') + 1) in managed))
      .map((arn) => `${stack} ${id}: takes ${arn} as AWS wrote it`),
  )
