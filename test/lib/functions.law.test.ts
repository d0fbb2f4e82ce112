import { describe, expect, inject, it } from 'vitest'
import { functionLaws } from './function-laws.ts'
import { grantLaws, grantsIn, managedPolicyLaws } from './grant-laws.ts'
import { planted, stacksIn } from './templates.ts'

const stacks = stacksIn(inject('assembly'))

describe('functions', () => {
  it('run on arm64 and Node 24 with a role, a log and a place for failures of their own', () => {
    expect(functionLaws(stacks)).toEqual([])
  })
  it('hold grants on named things only', () => {
    expect(grantsIn(stacks).length).toBeGreaterThan(0)
    expect(grantLaws(stacks)).toEqual([])
  })
  it('hold no policy that somebody else may widen', () => {
    expect(managedPolicyLaws(stacks)).toEqual([])
  })
})

const role = (statement: Record<string, unknown>) =>
  planted('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] } }] })

describe('the laws themselves', () => {
  it('find a function on another machine that shares a role and logs anywhere', () => {
    expect(functionLaws([planted('AWS::Lambda::Function', { Runtime: 'nodejs20.x' })])).toHaveLength(4)
  })
  it('find a scheduled function whose failures nobody hears of', () => {
    const lambda = planted('AWS::Lambda::Function', {}, { id: 'Sweep' })
    const rule = planted('AWS::Events::Rule', { Targets: [{ Arn: { 'Fn::GetAtt': ['Sweep', 'Arn'] } }] })
    const together = { ...lambda, resources: [...lambda.resources, ...rule.resources] }
    expect(functionLaws([together])).toContainEqual(expect.stringContaining('where its failures go'))
  })
  it('find a consumer that brings a whole batch round again', () => {
    expect(functionLaws([planted('AWS::Lambda::EventSourceMapping', {})])).toHaveLength(1)
  })
  it.each([
    { Action: 'dynamodb:*', Resource: 'arn:aws:dynamodb:ap-east-2:1:table/a' },
    { Action: 'dynamodb:GetItem', Resource: '*' },
    { Action: 'dynamodb:GetItem', Resource: 'arn:aws:dynamodb:ap-east-2:1:table/tongquan-*' },
    { Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::tongquan-prod-open-books-<AWS::AccountId>/*' },
    { Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:ap-east-2:1:secret:a-??????' },
    { Action: 'cloudfront:UpdateDistribution', Resource: 'arn:aws:cloudfront::<AWS::AccountId>:distribution/*' },
  ])('find a grant of $Action on $Resource', (statement) => {
    expect(grantLaws([role(statement)])).toHaveLength(1)
  })
  it('find a policy written by others', () => {
    const bad = planted('AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] })
    expect(managedPolicyLaws([bad])).toHaveLength(1)
  })
})
