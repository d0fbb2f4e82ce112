// The local stage has no domain, no web ACL and no alarms. CloudFormation checks a template's rules before it makes
// anything, so one that never holds keeps it out of a cloud, whatever an operator types.
import { CfnRule, Fn, type Stack } from 'aws-cdk-lib'

export const neverDeployed = (stack: Stack): void => {
  new CfnRule(stack, 'NeverDeployed', {
    assertions: [
      {
        assert: Fn.conditionEquals('a machine', 'a cloud'),
        assertDescription: 'The local stage runs on one machine: npm start. Deploy dev or prod.',
      },
    ],
  })
}
