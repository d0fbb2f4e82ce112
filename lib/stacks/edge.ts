// What CloudFront wants in its own Region and rarely changes: the certificate, and the web ACL in front of everything.
import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2'
import type { Construct } from 'constructs'
import { provenCertificate } from '../constructs/custom-domain.ts'
import { managedRules, perAddressRule, visibility } from '../constructs/web-acl-rules.ts'
import type { House } from '../house.ts'
import type { Addresses } from '../settings/shape.ts'

export class EdgeStack extends Stack {
  readonly certificate: Certificate
  readonly webAclArn: string

  constructor(scope: Construct, id: string, props: StackProps & { house: House; addresses: Addresses }) {
    super(scope, id, props)
    const { house, addresses } = props
    this.certificate = provenCertificate(this, addresses.domain, addresses)
    const acl = new CfnWebACL(this, 'WebAcl', {
      name: house.names.plain('cdn'),
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      rules: [perAddressRule(0, house.settings.requestsPerAddress), ...managedRules(1)],
      visibilityConfig: visibility('cdn'),
    })
    this.webAclArn = acl.attrArn
  }
}
