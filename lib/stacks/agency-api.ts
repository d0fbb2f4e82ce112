// The agency door: a REST API, because it has keys, usage plans and a web ACL. One stack, since its deployment must see all
// methods. Every resource also takes ANY: a wrong method is answered by the fallback with 405 and not by the gateway with 403.
import { Stack, type StackProps } from 'aws-cdk-lib'
import { Resource, type RestApi, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway'
import type { Construct } from 'constructs'
import type { Placed } from '../../shared/city.ts'
import { doorOf, type Endpoint } from '../../shared/kernel/endpoint.ts'
import { acknowledge } from '../constructs/acknowledge.ts'
import { agencyGateway } from '../constructs/agency-gateway.ts'
import { agencyKeys } from '../constructs/agency-keys.ts'
import { AgencyMethod } from '../constructs/agency-method.ts'
import { agencyWebAcl } from '../constructs/agency-web-acl.ts'
import { arnOfFunction } from '../constructs/city-function.ts'
import { addressRecord, provenCertificate } from '../constructs/custom-domain.ts'
import { endpointFunction } from '../constructs/endpoint-function.ts'
import { gatewayProblems } from '../constructs/gateway-problems.ts'
import { fileNameOf, type House } from '../house.ts'
import type { Keys } from '../keys.ts'
import { pascal } from '../names.ts'

/** All agency routes start with it and no other route does, so that one local port can serve both doors. */
const AGENCY_PATH = '/agency'

export class AgencyApiStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { house: House; keys: Keys }) {
    super(scope, id, props)
    const { house, keys } = props
    const api = agencyGateway(this, house, keys)
    gatewayProblems(api)
    const environment = { AGENCY_KEYS: agencyKeys(this, house, api) }
    for (const placed of house.city.endpoints) {
      if (doorOf(placed.declared) === 'agency') this.addEndpoint(api, house, keys, placed, environment)
    }
    this.answerAnythingElse(api, house)
    this.giveDomain(api, house)
    if (house.settings.addresses) agencyWebAcl(this, house, api)
    else
      acknowledge(api, { 'AwsSolutions-APIG3': 'The stage runs on one machine, where nobody from outside can come.' })
  }

  private addEndpoint(
    api: RestApi,
    house: House,
    keys: Keys,
    placed: Placed<Endpoint>,
    environment: Readonly<Record<string, string>>,
  ): void {
    const name = pascal(placed.declared.name)
    const [method = '', path = ''] = placed.declared.route.split(' ')
    if (!path.startsWith(`${AGENCY_PATH}/`))
      throw new Error(`${placed.declared.name}: agency routes start with ${AGENCY_PATH}/`)
    const { lambda } = endpointFunction(this, name, house, keys, placed, environment)
    new AgencyMethod(this, `${name}Method`, {
      api,
      resource: api.root.resourceForPath(path),
      method,
      functionArn: lambda.functionArn,
    })
  }

  private answerAnythingElse(api: RestApi, house: House): void {
    const { capability, name } = house.city.fallback
    const functionArn = arnOfFunction(this, house, { capability, name: fileNameOf(name) })
    const agency = api.root.resourceForPath(AGENCY_PATH)
    const resources = [...resourcesUnder(agency), agency.addResource('{proxy+}')]
    for (const [index, resource] of resources.entries()) {
      new AgencyMethod(this, `AnythingElse${index}`, { api, resource, method: 'ANY', functionArn })
    }
  }

  private giveDomain(api: RestApi, house: House): void {
    const { addresses } = house.settings
    if (!addresses) return
    const domain = api.addDomainName('Domain', {
      domainName: addresses.agencyDomain,
      certificate: provenCertificate(this, addresses.agencyDomain, addresses),
      securityPolicy: SecurityPolicy.TLS_1_2,
    })
    addressRecord(
      this,
      addresses,
      addresses.agencyDomain,
      domain.domainNameAliasDomainName,
      domain.domainNameAliasHostedZoneId,
    )
  }
}

const resourcesUnder = (resource: Resource): readonly Resource[] => [
  resource,
  ...resource.node.children.filter((child) => child instanceof Resource).flatMap(resourcesUnder),
]
