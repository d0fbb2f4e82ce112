// The rules both doors share. A rate per address is generous: whole offices and phone networks share one.
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'

/** WAF counts over five minutes unless told otherwise; said here so that the setting's meaning stands in one place. */
const WINDOW_SECONDS = 300

export const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // Samples would show people's requests in the console.
  sampledRequestsEnabled: false,
})

/** 429 with Retry-After, as everywhere; a bare 403 would look like an accusation. */
export const perAddressRule = (priority: number, limit: number): CfnWebACL.RuleProperty => ({
  name: 'requests-per-address',
  priority,
  statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit, evaluationWindowSec: WINDOW_SECONDS } },
  action: {
    block: {
      customResponse: { responseCode: 429, responseHeaders: [{ name: 'Retry-After', value: String(WINDOW_SECONDS) }] },
    },
  },
  visibilityConfig: visibility('requests-per-address'),
})

const GROUPS = ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesKnownBadInputsRuleSet'] as const

/** The common rule set is left out: it refuses bodies over 8 KB, and a schema is a better judge of content than a pattern. */
export const managedRules = (firstPriority: number): CfnWebACL.RuleProperty[] =>
  GROUPS.map((name, index) => ({
    name,
    priority: firstPriority + index,
    statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
    overrideAction: { none: {} },
    visibilityConfig: visibility(name),
  }))
