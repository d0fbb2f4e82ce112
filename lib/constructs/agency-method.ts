// A method of the agency API: a key is always needed, the function gets the whole request, and only this method may call it.
import { Aws } from 'aws-cdk-lib'
import { AuthorizationType, AwsIntegration, type IResource, type RestApi } from 'aws-cdk-lib/aws-apigateway'
import { CfnPermission } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'
import { AGENCY_STAGE_NAME } from './agency-gateway.ts'

export interface AgencyMethodProps {
  readonly api: RestApi
  readonly resource: IResource
  readonly method: string
  readonly functionArn: string
}

export class AgencyMethod extends Construct {
  constructor(scope: Construct, id: string, props: AgencyMethodProps) {
    super(scope, id)
    const { api, resource, method, functionArn } = props
    const integration = new AwsIntegration({
      service: 'lambda',
      proxy: true,
      path: `2015-03-31/functions/${functionArn}/invocations`,
    })
    const made = resource.addMethod(method, integration, {
      apiKeyRequired: true,
      authorizationType: AuthorizationType.NONE,
    })
    acknowledge(made, {
      'AwsSolutions-APIG4':
        'The key identifies and meters an agency; whatever concerns a person or merchant is authorised in the edge.',
      'AwsSolutions-COG4':
        'Agencies are systems, not people in a user pool; officers sign in through the platform itself.',
    })
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: sourceArnOf(api, method, resource.path),
    })
  }
}

/** Path parameters, and ANY, are wildcards to API Gateway. */
const sourceArnOf = (api: RestApi, method: string, path: string): string =>
  `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.restApiId}/${AGENCY_STAGE_NAME}/${
    method === 'ANY' ? '*' : method
  }${path.replace(/\{[^}]+\}/g, '*')}`
