import { z } from 'zod'
import { addresses } from './addresses.ts'
import { fieldsOf } from './json.ts'
import type { Land } from './land.ts'
import type { CitizenDoorPlan, RoutePlan, Throttle } from './plan.ts'
import { count, propertiesOf, refusal, shape } from './properties.ts'
import type { Site } from './site.ts'

/** API Gateway waits no longer than this for an HTTP API's function. */
const INTEGRATION_TIMEOUT_MS = 30_000

const Api = shape(
  { ProtocolType: z.literal('HTTP'), CorsConfiguration: z.undefined().optional(), Body: z.undefined().optional() },
  'Name',
  'Description',
  'DisableExecuteApiEndpoint',
  'Tags',
  'IpAddressType',
)
const Integration = shape(
  {
    ApiId: z.string(),
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
    TimeoutInMillis: count.default(INTEGRATION_TIMEOUT_MS),
  },
  'IntegrationMethod',
  'Description',
)
const Route = shape(
  {
    ApiId: z.string(),
    RouteKey: z.string(),
    Target: z.string(),
    AuthorizationType: z.enum(['NONE', 'AWS_IAM']).optional(),
  },
  'ApiKeyRequired',
  'OperationName',
)
const Limits = z.object({ ThrottlingRateLimit: z.coerce.number().optional(), ThrottlingBurstLimit: count.optional() })
const Stage = shape(
  {
    ApiId: z.string(),
    StageName: z.string(),
    DefaultRouteSettings: Limits.optional(),
    RouteSettings: z.record(z.string(), Limits).optional(),
  },
  'AutoDeploy',
  'AccessLogSettings',
  'Tags',
  'DeploymentId',
  'Description',
)

const throttleOf = (limits: z.infer<typeof Limits> | undefined): Throttle | undefined =>
  limits?.ThrottlingRateLimit === undefined
    ? undefined
    : { rate: limits.ThrottlingRateLimit, burst: limits.ThrottlingBurstLimit ?? limits.ThrottlingRateLimit }

export const readCitizenDoor = (land: Land): CitizenDoorPlan | undefined => {
  const [api, ...others] = land.ofType('AWS::ApiGatewayV2::Api')
  if (!api) return undefined
  if (others[0]) throw refusal(others[0], 'a second HTTP API; the stage has one citizen door')
  propertiesOf(api, Api)
  const apiId = addresses.nameOf(api)
  const stage = land.ofType('AWS::ApiGatewayV2::Stage').map((site) => propertiesOf(site, Stage))[0]
  const throttle = throttleOf(stage?.DefaultRouteSettings)
  return {
    apiId,
    stage: stage?.StageName ?? '$default',
    ...(throttle ? { throttle } : {}),
    routes: land.ofType('AWS::ApiGatewayV2::Route').map((site) => routeOf(land, site, stage?.RouteSettings ?? {})),
  }
}

const routeOf = (land: Land, site: Site, settings: Readonly<Record<string, z.infer<typeof Limits>>>): RoutePlan => {
  const read = propertiesOf(site, Route)
  if (read.AuthorizationType === 'AWS_IAM') throw refusal(site, 'IAM authorization on a route')
  const integration = land.behind(read.Target.replace('integrations/', ''), 'AWS::ApiGatewayV2::Integration')
  if (!integration) throw refusal(site, `the integration ${read.Target}, which is not in this template`)
  const joined = propertiesOf(integration, Integration)
  const throttle = throttleOf(fieldsOf(settings)[read.RouteKey] === undefined ? undefined : settings[read.RouteKey])
  return {
    key: read.RouteKey,
    functionId: functionBehind(land, integration, joined.IntegrationUri),
    timeoutMs: joined.TimeoutInMillis,
    ...(throttle ? { throttle } : {}),
  }
}

/** The URI is the function's ARN, or `arn:…:lambda:path/2015-03-31/functions/<ARN>/invocations`. */
export const functionBehind = (land: Land, site: Site, uri: string): string => {
  const address = uri.match(/functions\/(.+)\/invocations$/)?.[1] ?? uri
  const found =
    land.behind(address, 'AWS::Lambda::Function') ??
    land.behind(address.replace(/:[^:]+$/, ''), 'AWS::Lambda::Function')
  if (!found) throw refusal(site, `the function behind ${uri}, which is not in this template`)
  return found.name
}
