// The citizen door: an HTTP API behind the CDN. Its own address answers nobody: where there is a domain the default endpoint is
// off, and the edge refuses whoever lacks the origin secret. Routes stand in one stack per capability, so none grows too large.
import { Stack, type StackProps } from 'aws-cdk-lib'
import { CfnApi, CfnApiMapping, CfnDomainName, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2'
import type { Construct } from 'constructs'
import { doorOf } from '../../shared/kernel/endpoint.ts'
import { CityRoute } from '../constructs/city-route.ts'
import { addressRecord, provenCertificate } from '../constructs/custom-domain.ts'
import { endpointFunction, fallbackFunction } from '../constructs/endpoint-function.ts'
import { accessLogFormat } from '../constructs/gateway-logs.ts'
import { keptLogs } from '../constructs/kept-logs.ts'
import type { House } from '../house.ts'
import type { Keys } from '../keys.ts'
import { pascal } from '../names.ts'

export class CitizenApiStack extends Stack {
  readonly apiId: string

  constructor(scope: Construct, id: string, props: StackProps & { house: House; keys: Keys }) {
    super(scope, id, props)
    const { house, keys } = props
    const api = new CfnApi(this, 'Api', {
      name: house.names.plain('citizen'),
      protocolType: 'HTTP',
      disableExecuteApiEndpoint: house.settings.addresses !== undefined,
    })
    this.apiId = api.ref
    const logs = keptLogs(this, 'AccessLogs', house, keys, 'citizen-api')
    const stage = new CfnStage(this, 'Stage', {
      apiId: api.ref,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: logs.logGroupArn, format: accessLogFormat },
      defaultRouteSettings: {
        throttlingRateLimit: house.settings.citizenApi.ratePerSecond,
        throttlingBurstLimit: house.settings.citizenApi.burst,
        // Per-route figures, without which one slow route hides among the others.
        detailedMetricsEnabled: true,
      },
    })
    const fallback = fallbackFunction(this, 'AnythingElse', house, keys)
    new CityRoute(this, 'AnythingElseRoute', { apiId: api.ref, routeKey: '$default', lambda: fallback.lambda })
    this.giveDomain(house, stage)
  }

  private giveDomain(house: House, stage: CfnStage): void {
    const { addresses } = house.settings
    if (!addresses) return
    const certificate = provenCertificate(this, addresses.originDomain, addresses)
    const domain = new CfnDomainName(this, 'Domain', {
      domainName: addresses.originDomain,
      domainNameConfigurations: [
        { certificateArn: certificate.certificateArn, endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' },
      ],
    })
    const mapping = new CfnApiMapping(this, 'Mapping', { apiId: this.apiId, domainName: domain.ref, stage: stage.ref })
    mapping.addResourceDependency(stage)
    addressRecord(
      this,
      addresses,
      addresses.originDomain,
      domain.attrRegionalDomainName,
      domain.attrRegionalHostedZoneId,
    )
  }
}

/** The endpoints of one capability that citizens, operators and anyone call. */
export class CitizenRoutesStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { house: House; keys: Keys; apiId: string; capability: string },
  ) {
    super(scope, id, props)
    const { house, keys, apiId, capability } = props
    for (const placed of house.city.endpoints) {
      if (placed.capability !== capability || doorOf(placed.declared) !== 'citizen') continue
      const name = pascal(placed.declared.name)
      const { lambda } = endpointFunction(this, name, house, keys, placed)
      new CityRoute(this, `${name}Route`, { apiId, routeKey: placed.declared.route, lambda })
    }
  }
}
