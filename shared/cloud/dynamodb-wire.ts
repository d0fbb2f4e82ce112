// One request to DynamoDB by the SDK's own parts: its protocol writes and reads it, its signer signs it, its handler sends
// it. What is left out is the chain of middlewares between them, which costs more than all of these together (ADR 0003)
// and whose work is done elsewhere: retries in insist.ts, region and endpoint once, here.
import type {
  $Command,
  DynamoDBClient,
  DynamoDBClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb'

export type DynamoDBCommand<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = $Command<
  Input,
  Output,
  DynamoDBClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>

export type Send = <Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  command: DynamoDBCommand<Input, Output>,
) => Promise<Output>

const USER_AGENT = 'aws-sdk-js/3 tongquan'

export const sendOver = (client: DynamoDBClient, endpoint: string | undefined): Send => {
  const { config } = client
  let wire: Promise<Wire> | undefined
  return async (command) => {
    wire ??= prepare(config, endpoint)
    const { protocol, signer, context, host } = await wire
    const operation = operationOf(command.schema)
    const request = await protocol.serializeRequest(operation, command.input, context)
    request.headers.host = host
    request.headers['content-length'] = String(Buffer.byteLength(request.body))
    request.headers['user-agent'] = USER_AGENT
    const { response } = await config.requestHandler.handle(await signer.sign(request))
    return await protocol.deserializeResponse(operation, context, response)
  }
}

/** What we use of the SDK's protocol; it is declared there in an older and a newer form, which are one thing. */
interface Protocol {
  serializeRequest<Input extends object>(operation: Operation, input: Input, context: Context): Promise<WireRequest>
  deserializeResponse<Output extends ServiceOutputTypes>(
    operation: Operation,
    context: Context,
    response: unknown,
  ): Promise<Output>
}
type Operation = ReturnType<typeof operationOf>
type Context = DynamoDBClientResolvedConfig & { readonly endpoint: () => Promise<Endpoint> }
type Endpoint = Awaited<ReturnType<NonNullable<DynamoDBClientResolvedConfig['endpoint']>>>
type WireRequest = Parameters<DynamoDBClientResolvedConfig['requestHandler']['handle']>[0]
type Wire = Awaited<ReturnType<typeof prepare>>

/** All that is the same for every request of this process. */
const prepare = async (config: DynamoDBClientResolvedConfig, given: string | undefined) => {
  if (typeof config.protocol === 'function') throw new Error('the client has not made its protocol')
  const protocol: Protocol = config.protocol
  const region = await config.region()
  const { url } = config.endpointProvider({
    Region: region,
    UseFIPS: false,
    UseDualStack: false,
    ...(given !== undefined && { Endpoint: given }),
  })
  const endpoint: Endpoint = { protocol: url.protocol, hostname: url.hostname, path: url.pathname, ...portOf(url) }
  const scheme = { name: 'sigv4', signingName: 'dynamodb', signingRegion: region, properties: {} }
  return {
    protocol,
    host: url.host,
    signer: await config.signer(scheme),
    context: { ...config, endpoint: () => Promise.resolve(endpoint) },
  }
}

const portOf = ({ port }: URL) => (port === '' ? {} : { port: Number(port) })

/** The SDK keeps an operation as a tuple and its protocol takes it as an object; each command has one. */
const operationOf = (schema: DynamoDBCommand<ServiceInputTypes, ServiceOutputTypes>['schema']) => {
  if (!Array.isArray(schema)) throw new Error('the command has no schema')
  const [, namespace, name, traits, input, output] = schema
  return { namespace, name, traits, input, output }
}
