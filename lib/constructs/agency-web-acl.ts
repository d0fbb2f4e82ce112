// What the web ACL turns away at the agency door before a key is looked at.
import type { RestApi } from 'aws-cdk-lib/aws-apigateway'
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import { managedRules, perAddressRule, visibility } from './web-acl-rules.ts'

export const agencyWebAcl = (scope: Construct, house: House, api: RestApi): void => {
  const acl = new CfnWebACL(scope, 'WebAcl', {
    name: house.names.plain('agency'),
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    rules: [perAddressRule(0, house.settings.requestsPerAddress), ...managedRules(1)],
    visibilityConfig: visibility('agency'),
  })
  const association = new CfnWebACLAssociation(scope, 'WebAclAssociation', {
    resourceArn: api.deploymentStage.stageArn,
    webAclArn: acl.attrArn,
  })
  association.node.addDependency(api.deploymentStage)
}
