// Both doors are exactly as declared, and nobody gets past the CDN.
import { describe, expect, inject, it } from 'vitest'
import { apiPaths } from '../../lib/constructs/cdn-behaviours.ts'
import { pascal } from '../../lib/names.ts'
import type { Settings } from '../../lib/settings/shape.ts'
import { settingsOf } from '../../lib/settings.ts'
import { city } from '../../shared/city.ts'
import { Problem } from '../../shared/house/openapi-parts.ts'
import { doorOf } from '../../shared/kernel/endpoint.ts'
import { type ProblemCode, problems, problemType } from '../../shared/kernel/problems.ts'
import { at, type Found, listAt, ofType, stacksIn, textOf } from './templates.ts'

const stacks = stacksIn(inject('assembly'))
const stages = ['local', 'dev', 'prod'] as const
const inCloud = ['dev', 'prod'] as const
const of = (stage: string, ...types: readonly string[]) =>
  ofType(
    stacks.filter((stack) => stack.stage === stage),
    ...types,
  )

const codes = Object.keys(problems).filter((code): code is ProblemCode => code in problems)

const declaredRoutes = (door: 'citizen' | 'agency'): readonly string[] =>
  city.endpoints
    .filter(({ declared }) => doorOf(declared) === door)
    .map(({ declared }) => declared.route)
    .sort()

const pathOf = (resource: Found, all: readonly Found[]): string => {
  const parent = all.find(
    ({ stack, id }) => stack === resource.stack && textOf(resource.properties.ParentId) === `<${id}>`,
  )
  return `${parent ? pathOf(parent, all) : ''}/${textOf(resource.properties.PathPart)}`
}

const agencyMethods = (stage: string) => {
  const resources = of(stage, 'AWS::ApiGateway::Resource')
  return of(stage, 'AWS::ApiGateway::Method').map((method) => {
    const resource = resources.find(
      ({ stack, id }) => stack === method.stack && textOf(method.properties.ResourceId) === `<${id}>`,
    )
    return {
      method: textOf(method.properties.HttpMethod),
      path: resource ? pathOf(resource, resources) : '/',
      found: method,
    }
  })
}

describe.each(stages)('the doors of %s', (stage) => {
  it('have a route for each declaration, a declaration for each route, and a last one for anything else', () => {
    const routes = of(stage, 'AWS::ApiGatewayV2::Route').map(({ properties }) => textOf(properties.RouteKey))
    expect([...routes].sort()).toEqual(['$default', ...declaredRoutes('citizen')])
  })
  it('have a method for each declaration of the agency door, and ANY on every resource for the rest', () => {
    const methods = agencyMethods(stage)
    const exact = methods.filter(({ method }) => method !== 'ANY').map(({ method, path }) => `${method} ${path}`)
    expect(exact.sort()).toEqual(declaredRoutes('agency'))
    const rest = methods.filter(({ method }) => method === 'ANY').map(({ path }) => path)
    expect(rest).toHaveLength(of(stage, 'AWS::ApiGateway::Resource').length)
    expect(rest).toContain('/agency/{proxy+}')
  })
  it('ask for a key at every method of the agency door', () => {
    expect(agencyMethods(stage).filter(({ found }) => found.properties.ApiKeyRequired !== true)).toEqual([])
  })
  it('bind every key to a plan with a rate and a quota', () => {
    const bound = of(stage, 'AWS::ApiGateway::UsagePlanKey').map(({ properties }) => textOf(properties.KeyId))
    expect([...bound].sort()).toEqual(
      of(stage, 'AWS::ApiGateway::ApiKey')
        .map(({ id }) => `<${id}>`)
        .sort(),
    )
    for (const { properties } of of(stage, 'AWS::ApiGateway::UsagePlan')) {
      expect(at(properties, 'Throttle', 'RateLimit')).toBeGreaterThan(0)
      expect(at(properties, 'Quota', 'Limit')).toBeGreaterThan(0)
    }
  })
  it('prove the CDN to the API by the origin secret, which stands in no template', () => {
    const [cdn, ...others] = of(stage, 'AWS::CloudFront::Distribution')
    expect(others).toEqual([])
    const origins = listAt(cdn?.properties, 'DistributionConfig', 'Origins')
    const api = origins.find((origin) => at(origin, 'Id') === 'api')
    expect(
      listAt(api, 'OriginCustomHeaders').map((header) => [at(header, 'HeaderName'), textOf(at(header, 'HeaderValue'))]),
    ).toEqual([['x-origin-secret', `{{resolve:secretsmanager:tongquan/${stage}/origin:SecretString:::}}`]])
  })
  it("keep no failure at the CDN, where it would be everybody's for ten seconds", () => {
    const [cdn] = of(stage, 'AWS::CloudFront::Distribution')
    expect(at(cdn?.properties, 'DistributionConfig', 'CustomErrorResponses')).toEqual(
      [500, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    )
  })
  it('keep answers apart by no word of an address that no endpoint asks for', () => {
    const asked = new Set(city.endpoints.flatMap(({ declared }) => Object.keys(declared.query ?? {})))
    const kept = of(stage, 'AWS::CloudFront::CachePolicy').map((policy) =>
      at(policy.properties, 'CachePolicyConfig', 'ParametersInCacheKeyAndForwardedToOrigin', 'QueryStringsConfig'),
    )
    expect(kept.length).toBeGreaterThan(0)
    for (const words of kept) {
      if (at(words, 'QueryStringBehavior') === 'none') continue
      expect(at(words, 'QueryStringBehavior')).toBe('whitelist')
      expect(listAt(words, 'QueryStrings').filter((word) => !asked.has(String(word)))).toEqual([])
    }
  })

  it('tell every function of the agency door who each key stands for', () => {
    const stacksWithKeys = of(stage, 'AWS::ApiGateway::ApiKey').map(({ stack }) => stack)
    const functions = of(stage, 'AWS::Lambda::Function').filter(({ stack }) => stacksWithKeys.includes(stack))
    expect(functions).toHaveLength(declaredRoutes('agency').length)
    const { agencies }: Settings = settingsOf[stage]
    const told = agencies.flatMap(({ id, keyNames = [id] }) => keyNames.map((name) => `<${pascal(name)}Key>=${id}`))
    for (const { properties } of functions)
      expect(textOf(at(properties, 'Environment', 'Variables', 'AGENCY_KEYS'))).toBe(told.join(','))
  })
  it('refuse in the words of the edge where the agency door refuses by itself', () => {
    const refusals = of(stage, 'AWS::ApiGateway::GatewayResponse')
    expect(refusals).not.toEqual([])
    for (const { properties } of refusals) {
      const problem: unknown = JSON.parse(textOf(at(properties, 'ResponseTemplates', 'application/json')))
      expect(Object.keys(Object(problem)).sort()).toEqual([...Problem.required].sort())
      const code = codes.find((known) => known === at(problem, 'code'))
      if (code === undefined) throw new Error(`no problem has the code of ${JSON.stringify(problem)}`)
      expect(problem).toMatchObject({
        type: problemType(code),
        status: problems[code].status,
        instance: 'urn:tongquan:request:$context.requestId',
      })
    }
  })
  it('give the origin secret to every function of the citizen door', () => {
    const called = of(stage, 'AWS::ApiGatewayV2::Integration').map(
      ({ stack, properties }) => `${stack} ${textOf(properties.IntegrationUri)}`,
    )
    const functions = of(stage, 'AWS::Lambda::Function').filter(({ stack, id }) =>
      called.includes(`${stack} <${id}.Arn>`),
    )
    expect(functions).toHaveLength(called.length)
    for (const { properties } of functions)
      expect(at(properties, 'Environment', 'Variables', 'ORIGIN_SECRET_ARN')).toBeDefined()
  })
  it('let the CDN reach every route of the citizen door', () => {
    const patterns = apiPaths.map((path) => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '.*')}$`))
    const unreachable = declaredRoutes('citizen').filter((route) => {
      const path = route.slice(route.indexOf('/'))
      return !patterns.some((pattern) => pattern.test(path))
    })
    expect(unreachable).toEqual([])
  })
})

describe.each(inCloud)('the doors of %s from outside', (stage) => {
  it('do not answer at the addresses AWS gave them', () => {
    const apis = of(stage, 'AWS::ApiGatewayV2::Api', 'AWS::ApiGateway::RestApi')
    expect(apis).toHaveLength(2)
    for (const { properties } of apis) expect(properties.DisableExecuteApiEndpoint).toBe(true)
  })
  it('stand behind web ACLs with a rate for each address', () => {
    const acls = of(stage, 'AWS::WAFv2::WebACL')
    expect(acls.map(({ properties }) => properties.Scope).sort()).toEqual(['CLOUDFRONT', 'REGIONAL'])
    for (const { properties } of acls) {
      expect(listAt(properties, 'Rules').some((rule) => at(rule, 'Statement', 'RateBasedStatement', 'Limit'))).toBe(
        true,
      )
    }
    const [cdn] = of(stage, 'AWS::CloudFront::Distribution')
    expect(at(cdn?.properties, 'DistributionConfig', 'WebACLId')).toBeDefined()
  })
  it('keep what belongs to the CDN in its own Region and everything else at home', () => {
    const regionOf = (name: string) =>
      stacks
        .find((stack) => stack.name === `${stage}/${name}`)
        ?.environment.split('/')
        .at(-1)
    expect([regionOf('edge'), regionOf('site')]).toEqual(['us-east-1', 'us-east-1'])
    const home = settingsOf[stage].region
    expect([regionOf('data'), regionOf('citizen-api'), regionOf('work')]).toEqual([home, home, home])
  })
  it('know nothing of the local stage', () => {
    const told = stacks.filter(
      (stack) => stack.stage === stage && /_local|localhost|tongquan-local|tongquan\/local/.test(stack.text),
    )
    expect(told.map(({ name }) => name)).toEqual([])
  })
  it('take no value at deployment that the settings do not hold', () => {
    expect(stacks.filter((stack) => stack.stage === stage && stack.text.includes('PublicOrigin"'))).toEqual([])
  })
})
