// The environment of a function: what the template sets, what Lambda sets, and where this stage answers for AWS.
// Each function signs with its logical id as access key, so that the wire can tell callers apart; letters and digits alone,
// since DynamoDB Local takes no others.
import type { Endpoints } from '../brief.ts'
import type { FunctionPlan } from '../template/plan.ts'

export const environmentOf = (
  plan: FunctionPlan,
  region: string,
  endpoints: Endpoints,
  worker: number,
): Readonly<Record<string, string>> => ({
  ...plan.environment,
  PATH: process.env['PATH'] ?? '',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  _HANDLER: plan.handler,
  LAMBDA_TASK_ROOT: plan.directory,
  AWS_LAMBDA_FUNCTION_NAME: plan.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: plan.logGroup,
  AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]worker-${worker}`,
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: plan.id,
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_KMS: endpoints.vault,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.vault,
  // Whatever else a function may call stays on this machine and fails.
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  // The developer's own settings and credentials are none of the stage's business.
  AWS_CONFIG_FILE: '/nonexistent/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent/credentials',
  AWS_EC2_METADATA_DISABLED: 'true',
})
