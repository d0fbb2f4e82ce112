// The parity table: every resource type that the city's template may hold, and what the local stage does with it.
// What is not listed here is refused at start, by name. docs/local-stage.md shows this very table; a test compares them.

export type How = 'emulated' | 'approximated' | 'inert' | 'refused'

export interface Kind {
  readonly how: How
  /** One line for the parity page: what it does here, or why it does nothing. */
  readonly says: string
}

const emulated = (says: string): Kind => ({ how: 'emulated', says })
const approximated = (says: string): Kind => ({ how: 'approximated', says })
const inert = (says: string): Kind => ({ how: 'inert', says })
const refused = (says: string): Kind => ({ how: 'refused', says })

const WATCH = 'nothing watches the local stage; its figures are in the logs'
const LINE = 'no network in front of one machine'
const DEPLOYS = 'it helps CloudFormation to deploy, and nothing is deployed'
const BACKUP = 'nothing is backed up from one machine; copy DATA_DIR while the stage is stopped'
const BASELINE = 'bookkeeping of the account'

export const kinds: Readonly<Record<string, Kind>> = {
  'AWS::Lambda::Function': approximated(
    'one copy in every worker, which may serve several events at once; time-out, cold start, frozen timers, own environment and reserved concurrency as in Lambda; memory and processor shares are not limited',
  ),
  'AWS::Lambda::EventSourceMapping': emulated(
    'a poller with batch size, batching window, partial batch replies and concurrency',
  ),
  'AWS::Lambda::EventInvokeConfig': emulated('retries after an error, and the queue that is told when they are spent'),
  'AWS::Lambda::Permission': inert('the stage invokes whatever the template joins'),
  'AWS::Lambda::Alias': approximated('stands for the function itself'),
  'AWS::Lambda::Version': approximated('stands for the function itself'),
  'AWS::Lambda::LayerVersion': refused('functions are whole bundles'),
  'AWS::Lambda::Url': refused('the front doors are the only ways in'),

  'AWS::DynamoDB::Table': approximated(
    'a table in dynoxide: all reads are strong, it never throttles, nothing expires by itself',
  ),
  'AWS::DynamoDB::GlobalTable': approximated(
    'one table in dynoxide, its first replica: all reads are strong, it never throttles, nothing expires by itself',
  ),
  'AWS::SQS::Queue': approximated('a queue in fauxqs with its redrive policy; messages are lost when the stage stops'),
  'AWS::SQS::QueuePolicy': inert('queue policies only refuse plain-text transport here'),
  'AWS::S3::Bucket': approximated('a folder under DATA_DIR: put (also put-if-absent), get, head, list, delete'),
  'AWS::S3::BucketPolicy': inert('the stage serves from buckets only what the distribution serves'),
  'AWS::KMS::Key': approximated(
    'a key in DATA_DIR/vault.json: encrypt, decrypt, data keys, sign; the encryption context is enforced',
  ),
  'AWS::KMS::Alias': emulated('another name of the key'),
  'AWS::SecretsManager::Secret': approximated('a secret in DATA_DIR/vault.json, generated at the first start'),
  'AWS::SecretsManager::RotationSchedule': inert('secrets are not rotated by a clock here'),
  'AWS::SecretsManager::ResourcePolicy': inert('grants are checked from the roles alone'),

  'AWS::ApiGatewayV2::Api': emulated('the citizen door: HTTP API events of version 2.0'),
  'AWS::ApiGatewayV2::Route': emulated('a route of the citizen door'),
  'AWS::ApiGatewayV2::Integration': emulated('joins a route to its function'),
  'AWS::ApiGatewayV2::Stage': approximated(
    'throttles are shared out evenly among the workers; access logs are not written',
  ),
  'AWS::ApiGatewayV2::Deployment': inert(DEPLOYS),
  'AWS::ApiGatewayV2::DomainName': inert(LINE),
  'AWS::ApiGatewayV2::ApiMapping': inert(LINE),
  'AWS::ApiGatewayV2::Authorizer': refused(
    'tokens are checked in the edge (architecture: the journey of one registration)',
  ),
  'AWS::ApiGateway::RestApi': emulated('the agency door: proxy events of version 1.0'),
  'AWS::ApiGateway::Resource': emulated('a path of the agency door'),
  'AWS::ApiGateway::Method': emulated('a method of the agency door; API keys are asked for where it says so'),
  'AWS::ApiGateway::Deployment': inert(DEPLOYS),
  'AWS::ApiGateway::Stage': approximated(
    'throttles count in the one primary process; caching and access logs are not there',
  ),
  'AWS::ApiGateway::ApiKey': emulated('its value is made at the first start and shown in the ready line'),
  'AWS::ApiGateway::UsagePlan': approximated('rate and burst; the quota counts since the stage was started'),
  'AWS::ApiGateway::UsagePlanKey': emulated('joins a key to its plan'),
  'AWS::ApiGateway::GatewayResponse': emulated('what the agency door answers by itself'),
  'AWS::ApiGateway::Account': inert(BASELINE),
  'AWS::ApiGateway::RequestValidator': inert('bodies are parsed in the edge; a method that asks for it is refused'),
  'AWS::ApiGateway::Model': inert('bodies are parsed in the edge'),
  'AWS::ApiGateway::DomainName': inert(LINE),
  'AWS::ApiGateway::BasePathMapping': inert(LINE),
  'AWS::ApiGateway::Authorizer': refused('tokens are checked in the edge'),

  'AWS::CloudFront::Distribution': approximated(
    'path patterns, origin secret and the viewer address; nothing is cached and nothing is compressed',
  ),
  'AWS::CloudFront::OriginAccessControl': inert('buckets are folders here'),
  'AWS::CloudFront::CachePolicy': inert('the stage caches nothing in front of the doors'),
  'AWS::CloudFront::OriginRequestPolicy': approximated('all headers of the viewer but Host go to the origin'),
  'AWS::CloudFront::ResponseHeadersPolicy': inert('security headers of the API are set in the edge'),
  'AWS::CloudFront::Function': emulated('runs on viewer requests in a context of its own; other events are refused'),
  'AWS::WAFv2::WebACL': inert(LINE),
  'AWS::WAFv2::WebACLAssociation': inert(LINE),
  'AWS::WAFv2::LoggingConfiguration': inert(LINE),
  'AWS::WAFv2::IPSet': inert(LINE),
  'AWS::CertificateManager::Certificate': inert(LINE),
  'AWS::Route53::RecordSet': inert(LINE),

  'AWS::Events::Rule': approximated('a timer on whole minutes for a schedule; event patterns are refused'),
  'AWS::Scheduler::Schedule': approximated('a timer on whole minutes; a flexible window is not used'),
  'AWS::Scheduler::ScheduleGroup': inert(BASELINE),

  'AWS::IAM::Role': approximated('enforced with --permissions: each call is checked against the role of the function'),
  'AWS::IAM::Policy': approximated('enforced with --permissions'),
  'AWS::IAM::ManagedPolicy': approximated('enforced with --permissions'),
  'AWS::Logs::LogGroup': approximated('a file under DATA_DIR/logs, kept within a size instead of a time'),
  'AWS::Logs::MetricFilter': inert(WATCH),
  'AWS::Logs::ResourcePolicy': inert(WATCH),
  'AWS::Logs::QueryDefinition': inert(WATCH),
  'AWS::Logs::SubscriptionFilter': inert(WATCH),
  'AWS::CloudWatch::Alarm': inert(WATCH),
  'AWS::CloudWatch::CompositeAlarm': inert(WATCH),
  'AWS::CloudWatch::AnomalyDetector': inert(WATCH),
  'AWS::CloudWatch::Dashboard': inert(WATCH),
  'AWS::SNS::Topic': inert(WATCH),
  'AWS::SNS::TopicPolicy': inert(WATCH),
  'AWS::SNS::Subscription': inert(WATCH),
  'AWS::Backup::BackupVault': inert(BACKUP),
  'AWS::Backup::BackupPlan': inert(BACKUP),
  'AWS::Backup::BackupSelection': inert(BACKUP),
  'AWS::SSM::Parameter': inert('functions read no parameters; the stacks of the cloud pass values by it'),
  'AWS::CDK::Metadata': inert(BASELINE),
  'Custom::S3AutoDeleteObjects': inert(DEPLOYS),
  'Custom::CDKBucketDeployment': inert('nothing is uploaded; a site is served once its files are in its bucket'),
  'Custom::LogRetention': inert(DEPLOYS),
  'Custom::AWS': inert(DEPLOYS),
  'AWS::CloudFormation::CustomResource': inert(DEPLOYS),
  'AWS::CloudFormation::WaitConditionHandle': inert(DEPLOYS),
  'AWS::Kinesis::Stream': refused('no table streams and no stream consumers: dynoxide slows down with every write'),
  'AWS::Cognito::UserPool': refused('the sign-in of the city is not part of the template yet'),
  'AWS::StepFunctions::StateMachine': refused('work goes through queues'),
  'AWS::Pipes::Pipe': refused('the Taipei Region does not offer it'),
}

/** Stands in a template of the local stage only where it does no harm: the functions that custom resources bring along. */
export const isHelperOfCdk = (path: string): boolean =>
  /(Custom::|BucketDeployment|AutoDelete|LogRetention|Provider)/.test(path)
