import { z } from 'zod'
import { addresses } from './addresses.ts'
import type { Land } from './land.ts'
import type { BehaviourPlan, CdnPlan } from './plan.ts'
import { propertiesOf, refusal, shape } from './properties.ts'
import type { Site } from './site.ts'

const Header = z.object({ HeaderName: z.string(), HeaderValue: z.string() })
const Origin = z.object({
  Id: z.string(),
  DomainName: z.string(),
  OriginPath: z.string().default(''),
  OriginCustomHeaders: z.array(Header).default([]),
})
const Behaviour = z.object({
  PathPattern: z.string().default('*'),
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  FunctionAssociations: z
    .array(z.object({ EventType: z.literal('viewer-request'), FunctionARN: z.string() }))
    .max(1)
    .default([]),
  LambdaFunctionAssociations: z.array(z.unknown()).max(0, 'functions at the edge do not run here').optional(),
})
const ViewerFunction = shape({ FunctionCode: z.string() }, 'Name', 'AutoPublish', 'FunctionConfig', 'Tags')

const Distribution = z.object({
  DistributionConfig: z.object({
    Enabled: z.literal(true),
    DefaultRootObject: z.string().default('index.html'),
    Origins: z.array(Origin),
    DefaultCacheBehavior: Behaviour,
    CacheBehaviors: z.array(Behaviour).default([]),
  }),
})

export const readCdn = (land: Land): CdnPlan | undefined => {
  const [site, ...others] = land.ofType('AWS::CloudFront::Distribution')
  if (!site) return undefined
  if (others[0]) throw refusal(others[0], 'a second distribution; one port serves one site')
  const config = propertiesOf(site, Distribution).DistributionConfig
  return {
    rootObject: config.DefaultRootObject,
    behaviours: [...config.CacheBehaviors, config.DefaultCacheBehavior].map((behaviour) =>
      behaviourOf(land, site, config.Origins, behaviour),
    ),
  }
}

const behaviourOf = (
  land: Land,
  site: Site,
  origins: readonly z.infer<typeof Origin>[],
  behaviour: z.infer<typeof Behaviour>,
): BehaviourPlan => {
  const origin = origins.find((candidate) => candidate.Id === behaviour.TargetOriginId)
  if (!origin) throw refusal(site, `the origin ${behaviour.TargetOriginId}, which it does not have`)
  const target = targetOf(land, origin.DomainName)
  if (!target)
    throw refusal(site, `the origin ${origin.DomainName}, which is neither a door nor a bucket of this template`)
  return {
    pattern: behaviour.PathPattern,
    ...target,
    originPath: target.to === 'bucket' ? origin.OriginPath : '',
    headers: Object.fromEntries(
      origin.OriginCustomHeaders.map((header) => [header.HeaderName.toLowerCase(), header.HeaderValue]),
    ),
    methods: behaviour.AllowedMethods,
    ...viewerRequestOf(land, site, behaviour),
  }
}

const viewerRequestOf = (land: Land, site: Site, { FunctionAssociations: [asked] }: z.infer<typeof Behaviour>) => {
  if (!asked) return {}
  const found = land.behind(asked.FunctionARN, 'AWS::CloudFront::Function')
  if (!found) throw refusal(site, `the function ${asked.FunctionARN}, which is not in this template`)
  return { viewerRequest: propertiesOf(found, ViewerFunction).FunctionCode }
}

const targetOf = (land: Land, domain: string): Pick<BehaviourPlan, 'to' | 'bucket'> | undefined => {
  const named = (type: string) => land.ofType(type).find((site) => domain.includes(addresses.nameOf(site)))
  if (named('AWS::ApiGatewayV2::Api')) return { to: 'citizen-door' }
  if (named('AWS::ApiGateway::RestApi')) return { to: 'agency-door' }
  const bucket = named('AWS::S3::Bucket')
  return bucket ? { to: 'bucket', bucket: addresses.nameOf(bucket) } : undefined
}
