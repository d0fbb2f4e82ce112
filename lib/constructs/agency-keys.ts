// One key per agency, each under a usage plan. The value is made by API Gateway and handed over by an officer
// (docs/runbooks/agency-keys.md); it never stands in a template.
import { CfnApiKey, CfnUsagePlan, CfnUsagePlanKey, type RestApi } from 'aws-cdk-lib/aws-apigateway'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import { pascal } from '../names.ts'

export const agencyKeys = (scope: Construct, house: House, api: RestApi): void => {
  const plans = usagePlans(scope, house, api)
  for (const agency of house.settings.agencies) {
    const plan = plans.get(agency.plan)
    if (!plan) throw new Error(`the agency ${agency.id} names the usage plan ${agency.plan}, which the settings lack`)
    const key = new CfnApiKey(scope, `${pascal(agency.id)}Key`, {
      name: house.names.plain(agency.id),
      description: agency.name,
      enabled: true,
    })
    new CfnUsagePlanKey(scope, `${pascal(agency.id)}PlanKey`, {
      keyId: key.ref,
      keyType: 'API_KEY',
      usagePlanId: plan.ref,
    })
  }
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
