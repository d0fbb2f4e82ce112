// The keys of agencies, each under its agency's usage plan. The value is made by API Gateway and handed over by an officer
// (docs/runbooks/agency-keys.md); it never stands in a template.
import { CfnApiKey, CfnUsagePlan, CfnUsagePlanKey, type RestApi } from 'aws-cdk-lib/aws-apigateway'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import { pascal } from '../names.ts'
import type { AgencySettings } from '../settings/shape.ts'

/** A Lambda function's environment holds 4 KB; this many pairs of some 35 characters leave room for the rest. */
const MAX_KEYS = 60
/** What an agency's id cannot hold, since pairs are told apart by it. */
const SEPARATORS = /[=,]/

/** Who each key stands for, as functions are told: `<key id>=<agency id>,…`. */
export const agencyKeys = (scope: Construct, house: House, api: RestApi): string => {
  const plans = usagePlans(scope, house, api)
  const pairs = house.settings.agencies.flatMap((agency) => {
    const plan = plans.get(agency.plan)
    if (!plan) throw new Error(`the agency ${agency.id} names the usage plan ${agency.plan}, which the settings lack`)
    if (SEPARATORS.test(agency.id)) throw new Error(`the agency id ${agency.id} holds a comma or an equals sign`)
    const keyNames = agency.keyNames ?? [agency.id]
    return keyNames.map((name) => `${keyUnder(scope, house, agency, name, plan).ref}=${agency.id}`)
  })
  if (pairs.length > MAX_KEYS)
    throw new Error(`${pairs.length} keys of agencies: an environment has room for ${MAX_KEYS}`)
  return pairs.join(',')
}

const keyUnder = (
  scope: Construct,
  house: House,
  agency: AgencySettings,
  name: string,
  plan: CfnUsagePlan,
): CfnApiKey => {
  const key = new CfnApiKey(scope, `${pascal(name)}Key`, {
    name: house.names.plain(name),
    description: agency.name,
    enabled: true,
  })
  new CfnUsagePlanKey(scope, `${pascal(name)}PlanKey`, { keyId: key.ref, keyType: 'API_KEY', usagePlanId: plan.ref })
  return key
}

const usagePlans = (scope: Construct, house: House, api: RestApi): Map<string, CfnUsagePlan> =>
  new Map(
    Object.entries(house.settings.usagePlans).map(([name, limits]) => [
      name,
      new CfnUsagePlan(scope, `${pascal(name)}Plan`, {
        usagePlanName: house.names.plain(name),
        apiStages: [{ apiId: api.restApiId, stage: api.deploymentStage.stageName }],
        throttle: { rateLimit: limits.ratePerSecond, burstLimit: limits.burst },
        quota: { limit: limits.quotaPerDay, period: 'DAY' },
      }),
    ]),
  )
