import { z } from 'zod'
import { addresses } from './addresses.ts'
import type { Land } from './land.ts'
import type { AgencyDoorPlan, ApiKeyPlan, GatewayResponsePlan, MethodPlan, Throttle, UsagePlan } from './plan.ts'
import { count, flag, propertiesOf, refusal, shape } from './properties.ts'
import { functionBehind } from './read-citizen-door.ts'
import type { Site } from './site.ts'

/** API Gateway waits no longer than this for a REST API's function. */
const INTEGRATION_TIMEOUT_MS = 29_000
const MAX_DEPTH = 20

const RestApi = shape(
  {
    Body: z.undefined().optional(),
    BinaryMediaTypes: z.array(z.string()).default([]),
    ApiKeySourceType: z.literal('HEADER').optional(),
  },
  'Name',
  'Description',
  'EndpointConfiguration',
  'DisableExecuteApiEndpoint',
  'MinimumCompressionSize',
  'Tags',
  'Policy',
  'FailOnWarnings',
)
const Path = z.object({ ParentId: z.string(), PathPart: z.string(), RestApiId: z.string() })
const Method = shape(
  {
    RestApiId: z.string(),
    ResourceId: z.string(),
    HttpMethod: z.string(),
    AuthorizationType: z.literal('NONE'),
    ApiKeyRequired: flag.default(false),
    RequestValidatorId: z.undefined().optional(),
    Integration: shape(
      { Type: z.literal('AWS_PROXY'), Uri: z.string(), TimeoutInMillis: count.default(INTEGRATION_TIMEOUT_MS) },
      'IntegrationHttpMethod',
      'PassthroughBehavior',
      'ResponseTransferMode',
    ),
  },
  'MethodResponses',
  'RequestParameters',
  'OperationName',
  'RequestModels',
)
const StageLimits = z.object({
  StageName: z.string().default('prod'),
  MethodSettings: z
    .array(z.object({ ThrottlingRateLimit: z.coerce.number().optional(), ThrottlingBurstLimit: count.optional() }))
    .default([]),
})
const ThrottleRead = z.strictObject({ RateLimit: z.coerce.number().optional(), BurstLimit: count.optional() })
const Usage = shape(
  {
    Throttle: ThrottleRead.optional(),
    Quota: z
      .strictObject({ Limit: count, Period: z.enum(['DAY', 'WEEK', 'MONTH']), Offset: z.literal(0).optional() })
      .optional(),
    ApiStages: z.array(shape({ ApiId: z.string(), Stage: z.string(), Throttle: z.undefined().optional() })).default([]),
  },
  'UsagePlanName',
  'Description',
  'Tags',
)
const ApiKey = shape(
  { Value: z.string().optional(), Name: z.string().optional(), Enabled: flag.default(false) },
  'Description',
  'StageKeys',
  'CustomerId',
  'GenerateDistinctId',
  'Tags',
)
const PlanKey = z.strictObject({ KeyId: z.string(), KeyType: z.literal('API_KEY'), UsagePlanId: z.string() })
const Response = z.strictObject({
  RestApiId: z.string(),
  ResponseType: z.string(),
  StatusCode: z.coerce.number().optional(),
  ResponseParameters: z.record(z.string(), z.string()).default({}),
  ResponseTemplates: z.record(z.string(), z.string()).default({}),
})

export const readAgencyDoor = (land: Land): AgencyDoorPlan | undefined => {
  const [api, ...others] = land.ofType('AWS::ApiGateway::RestApi')
  if (!api) return undefined
  if (others[0]) throw refusal(others[0], 'a second REST API; the stage has one agency door')
  const read = propertiesOf(api, RestApi)
  const stage = land.ofType('AWS::ApiGateway::Stage').map((site) => propertiesOf(site, StageLimits))[0]
  const limits = stage?.MethodSettings.find((setting) => setting.ThrottlingRateLimit !== undefined)
  const throttle = throttleOf({ RateLimit: limits?.ThrottlingRateLimit, BurstLimit: limits?.ThrottlingBurstLimit })
  return {
    apiId: addresses.nameOf(api),
    stage: stage?.StageName ?? 'prod',
    methods: land.ofType('AWS::ApiGateway::Method').map((site) => methodOf(land, site)),
    ...(throttle ? { throttle } : {}),
    keys: land.ofType('AWS::ApiGateway::ApiKey').map((site) => keyOf(land, site)),
    responses: Object.fromEntries(land.ofType('AWS::ApiGateway::GatewayResponse').map(responseOf)),
    binaryTypes: read.BinaryMediaTypes,
  }
}

const throttleOf = (
  read: { RateLimit?: number | undefined; BurstLimit?: number | undefined } | undefined,
): Throttle | undefined =>
  read?.RateLimit === undefined ? undefined : { rate: read.RateLimit, burst: read.BurstLimit ?? read.RateLimit }

const methodOf = (land: Land, site: Site): MethodPlan => {
  const read = propertiesOf(site, Method)
  return {
    method: read.HttpMethod,
    resource: pathOf(land, read.ResourceId),
    resourceId: read.ResourceId,
    functionId: functionBehind(land, site, read.Integration.Uri),
    keyNeeded: read.ApiKeyRequired,
    timeoutMs: read.Integration.TimeoutInMillis,
  }
}

const pathOf = (land: Land, resourceId: string): string => {
  const parts: string[] = []
  let id = resourceId
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    const site = land.behind(id, 'AWS::ApiGateway::Resource')
    if (!site) break
    const read = propertiesOf(site, Path)
    parts.unshift(read.PathPart)
    id = read.ParentId
  }
  return `/${parts.join('/')}`
}

const keyOf = (land: Land, site: Site): ApiKeyPlan => {
  const read = propertiesOf(site, ApiKey)
  const own = addresses.ref(site, land.setting)
  const joined = land
    .ofType('AWS::ApiGateway::UsagePlanKey')
    .map((each) => propertiesOf(each, PlanKey))
    .find((each) => each.KeyId === own)
  const planSite = joined ? land.behind(joined.UsagePlanId, 'AWS::ApiGateway::UsagePlan') : undefined
  return {
    id: site.name,
    name: read.Name ?? site.name,
    enabled: read.Enabled,
    ...(read.Value === undefined ? {} : { value: read.Value }),
    ...(planSite ? { plan: usagePlanOf(planSite) } : {}),
  }
}

const usagePlanOf = (site: Site): UsagePlan => {
  const read = propertiesOf(site, Usage)
  const throttle = throttleOf(read.Throttle)
  return {
    id: site.name,
    ...(throttle ? { throttle } : {}),
    ...(read.Quota ? { quota: { limit: read.Quota.Limit, period: read.Quota.Period } } : {}),
  }
}

const responseOf = (site: Site): readonly [string, GatewayResponsePlan] => {
  const read = propertiesOf(site, Response)
  const headers = Object.entries(read.ResponseParameters).map(
    ([name, value]) => [name.replace('gatewayresponse.header.', ''), value.replace(/^'(.*)'$/, '$1')] as const,
  )
  return [
    read.ResponseType,
    {
      ...(read.StatusCode === undefined ? {} : { status: read.StatusCode }),
      headers: Object.fromEntries(headers),
      templates: read.ResponseTemplates,
    },
  ]
}
