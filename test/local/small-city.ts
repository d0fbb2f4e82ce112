// A city of a few resources, in the shape that the CDK synthesizes, so that the stage can be tried apart from the real one.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from './temporary.ts'

export interface Entry {
  readonly Type: string
  readonly Properties?: object
  readonly Metadata?: object
  readonly Condition?: string
}
export type Resources = Readonly<Record<string, Entry>>

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url))
export const att = (id: string, name = 'Arn') => ({ 'Fn::GetAtt': [id, name] })
export const ref = (id: string) => ({ Ref: id })

export const lambda = (fixture: string, properties: object = {}): Entry => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: {},
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: att('Role'),
    Timeout: 5,
    ...properties,
  },
  Metadata: { 'aws:cdk:path': `Small/city/${fixture}`, 'aws:asset:path': join(fixtures, fixture) },
})

const route = (key: string, functionId = 'Probe'): Resources => {
  const id = key.replaceAll(/[^A-Za-z]/g, '')
  return {
    [`${id}Integration`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: att(functionId),
        PayloadFormatVersion: '2.0',
      },
    },
    [`${id}Route`]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: ref('Api'),
        RouteKey: key,
        Target: { 'Fn::Join': ['', ['integrations/', ref(`${id}Integration`)]] },
      },
    },
  }
}

export const notesTable: Entry = {
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    TableName: 'notes',
    KeySchema: [{ AttributeName: 'noteId', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'noteId', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    Replicas: [{ Region: 'ap-east-2', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
  },
}

const keys = [
  'GET /echo',
  'GET /life',
  'GET /slow',
  'GET /late',
  'GET /exit',
  'GET /crash',
  'GET /throw',
  'GET /odd-answer',
  'GET /plain',
  'GET /broken-header',
  'POST /notes/{noteId}',
  '$default',
]

const doors: Resources = {
  Api: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name: 'small', ProtocolType: 'HTTP', DisableExecuteApiEndpoint: true },
  },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true },
  },
  ...Object.assign({}, ...keys.map((key) => route(key)), route('GET /narrow', 'Narrow')),
  OriginSecret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 40 } },
  },
  Cdn: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [
          {
            Id: 'api',
            DomainName: { 'Fn::Join': ['', [ref('Api'), '.execute-api.ap-east-2.', ref('AWS::URLSuffix')]] },
            OriginCustomHeaders: [
              {
                HeaderName: 'x-origin-secret',
                HeaderValue: {
                  'Fn::Join': ['', ['{{resolve:secretsmanager:', ref('OriginSecret'), ':SecretString:::}}']],
                },
              },
            ],
          },
          { Id: 'site', DomainName: att('Site', 'RegionalDomainName') },
        ],
        DefaultCacheBehavior: {
          TargetOriginId: 'api',
          AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
        },
        CacheBehaviors: [{ PathPattern: 'papers/*', TargetOriginId: 'site' }],
      },
    },
  },
  Site: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'small-site' } },
}

const agency: Resources = {
  AgencyApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'agency' } },
  AgencyPath: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { ParentId: att('AgencyApi', 'RootResourceId'), PathPart: 'agency', RestApiId: ref('AgencyApi') },
  },
  AgencyProxy: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { ParentId: ref('AgencyPath'), PathPart: '{proxy+}', RestApiId: ref('AgencyApi') },
  },
  AgencyMethod: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref('AgencyApi'),
      ResourceId: ref('AgencyProxy'),
      HttpMethod: 'ANY',
      AuthorizationType: 'NONE',
      ApiKeyRequired: true,
      Integration: {
        Type: 'AWS_PROXY',
        IntegrationHttpMethod: 'POST',
        Uri: {
          'Fn::Join': [
            '',
            ['arn:aws:apigateway:ap-east-2:lambda:path/2015-03-31/functions/', att('AgencyFunction'), '/invocations'],
          ],
        },
      },
    },
  },
  AgencyStage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: ref('AgencyApi'), StageName: 'v' } },
  Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Name: 'office', Enabled: true } },
  Usage: {
    Type: 'AWS::ApiGateway::UsagePlan',
    Properties: {
      Throttle: { RateLimit: 1, BurstLimit: 3 },
      ApiStages: [{ ApiId: ref('AgencyApi'), Stage: ref('AgencyStage') }],
    },
  },
  Joined: {
    Type: 'AWS::ApiGateway::UsagePlanKey',
    Properties: { KeyId: ref('Key'), KeyType: 'API_KEY', UsagePlanId: ref('Usage') },
  },
  AgencyFunction: lambda('agency'),
  Refusal: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: ref('AgencyApi'),
      ResponseType: 'INVALID_API_KEY',
      StatusCode: '403',
      ResponseTemplates: { 'application/problem+json': '{"says":$context.error.messageString}' },
    },
  },
}

const work: Resources = {
  DeadLetters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead-letters' } },
  Jobs: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: 'jobs',
      VisibilityTimeout: 1,
      RedrivePolicy: { deadLetterTargetArn: att('DeadLetters'), maxReceiveCount: 2 },
    },
  },
  Consumer: lambda('consumer', { Environment: { Variables: { TABLE_NOTES: ref('Notes') } } }),
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      FunctionName: ref('Consumer'),
      EventSourceArn: att('Jobs'),
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    },
  },
  Hourly: {
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression: 'rate(60 minutes)', State: 'ENABLED', Targets: [{ Id: 'T', Arn: att('Probe') }] },
  },
}

export const smallCity: Resources = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {},
      Policies: [
        {
          PolicyName: 'notes',
          PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: att('Notes') }] },
        },
      ],
    },
  },
  Probe: lambda('probe', {
    FunctionName: 'probe',
    Timeout: 1,
    Environment: { Variables: { TABLE_NOTES: ref('Notes'), ORIGIN: ref('PublicOrigin') } },
  }),
  Narrow: lambda('probe', { FunctionName: 'narrow', ReservedConcurrentExecutions: 1 }),
  Notes: notesTable,
  ...doors,
  ...agency,
  ...work,
}

/** Writes the assembly to a folder of its own under the temporary files. */
export const assemblyOf = (resources: Resources, more: object = {}): string => {
  const folder = temporaryFolder('assembly')
  mkdirSync(join(folder, 'assembly-small'))
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/ap-east-2',
    properties: { templateFile: 'city.template.json', stackName: 'small-city' },
  }
  const nested = { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-small' } }
  const parameters = { PublicOrigin: { Type: 'String', Default: 'http://localhost:4700' } }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '55', artifacts: { nested } }))
  writeFileSync(
    join(folder, 'assembly-small', 'manifest.json'),
    JSON.stringify({ version: '55', artifacts: { stack } }),
  )
  writeFileSync(
    join(folder, 'assembly-small', 'city.template.json'),
    JSON.stringify({ Parameters: parameters, Resources: resources, ...more }),
  )
  return folder
}
