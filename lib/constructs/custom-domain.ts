// Certificates are proven, and addresses published, in the zone that the settings name.
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager'
import { CfnRecordSet, HostedZone } from 'aws-cdk-lib/aws-route53'
import type { Construct } from 'constructs'
import type { Addresses } from '../settings/shape.ts'

export const provenCertificate = (scope: Construct, domainName: string, addresses: Addresses): Certificate =>
  new Certificate(scope, 'Certificate', {
    domainName,
    validation: CertificateValidation.fromDns(
      HostedZone.fromHostedZoneAttributes(scope, 'Zone', {
        hostedZoneId: addresses.hostedZoneId,
        zoneName: addresses.zoneName,
      }),
    ),
  })

export const addressRecord = (
  scope: Construct,
  addresses: Addresses,
  name: string,
  dnsName: string,
  targetZoneId: string,
  types: readonly ('A' | 'AAAA')[] = ['A'],
): void => {
  for (const type of types) {
    new CfnRecordSet(scope, `Record${type}`, {
      hostedZoneId: addresses.hostedZoneId,
      name,
      type,
      aliasTarget: { dnsName, hostedZoneId: targetZoneId },
    })
  }
}
