// The REST API itself: logged, metered, and without its default address where there is a domain.

import { RemovalPolicy } from 'aws-cdk-lib'
import {
  AccessLogFormat,
  ApiKeySourceType,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import type { Keys } from '../keys.ts'
import { acknowledge } from './acknowledge.ts'
import { agencyAccessLogFormat } from './gateway-logs.ts'
import { keptLogs } from './kept-logs.ts'

export const AGENCY_STAGE_NAME = 'live'

/** API Gateway chooses the name of its error log; making the group first keeps it encrypted and not for ever. */
export const GATEWAY_LOG_PREFIX = 'API-Gateway-Execution-Logs_'

export const agencyGateway = (scope: Construct, house: House, keys: Keys): RestApi => {
  const logs = keptLogs(scope, 'AccessLogs', house, keys, 'agency-api')
  const api = new RestApi(scope, 'Api', {
    restApiName: house.names.plain('agency'),
    endpointTypes: [EndpointType.REGIONAL],
    disableExecuteApiEndpoint: house.settings.addresses !== undefined,
    apiKeySourceType: ApiKeySourceType.HEADER,
    // Once per account and Region; without it the gateway may not write its logs.
    cloudWatchRole: house.settings.addresses !== undefined,
    deployOptions: {
      stageName: AGENCY_STAGE_NAME,
      accessLogDestination: new LogGroupLogDestination(logs),
      accessLogFormat: AccessLogFormat.custom(agencyAccessLogFormat),
      loggingLevel: MethodLoggingLevel.ERROR,
      // Bodies would stand in the log.
      dataTraceEnabled: false,
      metricsEnabled: true,
    },
  })
  keepErrorLogs(scope, house, keys, api)
  acknowledge(api, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
      'API Gateway accepts no narrower policy for the role it writes logs with; no function has it.',
    'AwsSolutions-APIG2': 'The edge parses every request by its declared schema and answers with problem details.',
  })
  return api
}

const keepErrorLogs = (scope: Construct, house: House, keys: Keys, api: RestApi): void => {
  const errors = new LogGroup(scope, 'ErrorLogs', {
    logGroupName: `${GATEWAY_LOG_PREFIX}${api.restApiId}/${AGENCY_STAGE_NAME}`,
    retention: house.settings.logDays,
    encryptionKey: keys.logs,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  api.deploymentStage.node.addDependency(errors)
}
