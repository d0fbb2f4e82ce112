// The REST API itself: logged, metered, and without its default address where there is a domain.
import {
  AccessLogFormat,
  ApiKeySourceType,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import type { Keys } from '../keys.ts'
import { acknowledge } from './acknowledge.ts'
import { agencyAccessLogFormat } from './gateway-logs.ts'
import { keptLogs } from './kept-logs.ts'

export const AGENCY_STAGE_NAME = 'live'

export const agencyGateway = (scope: Construct, house: House, keys: Keys): RestApi => {
  const logs = keptLogs(scope, 'AccessLogs', house, keys, 'agency-api')
  const api = new RestApi(scope, 'Api', {
    restApiName: house.names.plain('agency'),
    endpointTypes: [EndpointType.REGIONAL],
    disableExecuteApiEndpoint: house.settings.addresses !== undefined,
    apiKeySourceType: ApiKeySourceType.HEADER,
    cloudWatchRole: false,
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
  acknowledge(api, {
    'AwsSolutions-APIG2': 'The edge parses every request by its declared schema and answers with problem details.',
  })
  return api
}
