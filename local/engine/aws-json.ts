// Calls an AWS endpoint of the stage in its JSON protocol, as the stage itself and not as a function.
import { type Fields, isFields } from '../template/json.ts'

export type Service = 'DynamoDB_20120810' | 'AmazonSQS'

export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal'
  readonly type: string
  constructor(type: string, message: string) {
    super(`${type}: ${message}`)
    this.type = type
  }
}

/** The stage's own access key: never a function's, so that no check or record takes it for one. */
export const STAGE_KEY = 'localstage'

export const awsJson =
  (endpoint: string, service: Service, region: string) =>
  async (action: string, body: Fields, signal?: AbortSignal): Promise<Fields> => {
    const short = service === 'AmazonSQS' ? 'sqs' : 'dynamodb'
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${service}.${action}`,
        'x-amz-date': '20200101T000000Z',
        authorization: `AWS4-HMAC-SHA256 Credential=${STAGE_KEY}/20200101/${region}/${short}/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    })
    const text = await response.text()
    const answer: unknown = text === '' ? {} : JSON.parse(text)
    const fields = isFields(answer) ? answer : {}
    if (response.ok) return fields
    throw new AwsRefusal(
      String(fields['__type']).split('#').at(-1) ?? '',
      String(fields['message'] ?? fields['Message'] ?? text),
    )
  }
