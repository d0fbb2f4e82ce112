// A route of the citizen API: declaration → function → integration → route, and the leave to call exactly that function.
// The gateway checks no token: it would answer in its own words and know no clock allowance; the edge does.
import { Aws } from 'aws-cdk-lib'
import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2'
import { CfnPermission, type Function as Lambda } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'

/** A route with its method, or `$default` for whatever no other route takes. */
export type RouteKey = string

export class CityRoute extends Construct {
  constructor(scope: Construct, id: string, props: { apiId: string; routeKey: RouteKey; lambda: Lambda }) {
    super(scope, id)
    const { apiId, routeKey, lambda } = props
    const integration = new CfnIntegration(this, 'Integration', {
      apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: lambda.functionArn,
      payloadFormatVersion: '2.0',
    })
    const route = new CfnRoute(this, 'Route', {
      apiId,
      routeKey,
      authorizationType: 'NONE',
      target: `integrations/${integration.ref}`,
    })
    acknowledge(route, {
      'AwsSolutions-APIG4':
        'The edge checks origin secret, token and role from the declaration, and answers with problem details.',
    })
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: lambda.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${apiId}/*/${routeOf(routeKey)}`,
    })
  }
}

/** As the gateway names a route when it calls: any method of the path, or the last resort by its own name. */
const routeOf = (routeKey: RouteKey): string =>
  routeKey === '$default' ? routeKey : `*${routeKey.slice(routeKey.indexOf('/'))}`
