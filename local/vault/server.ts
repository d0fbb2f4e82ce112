// KMS and Secrets Manager on one port, in AWS's JSON 1.1 protocol.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { ZodError } from 'zod'
import { type Listening, listenLocally } from '../process/listen.ts'
import type { KeyPlan, SecretPlan } from '../template/plan.ts'
import { AwsError } from './aws-error.ts'
import type { KeptVault } from './kept-vault.ts'
import { type Action, kmsActions } from './kms.ts'
import { secretActions } from './secrets.ts'

const MAX_BODY_BYTES = 100_000

export const startVault = (
  keys: readonly KeyPlan[],
  secrets: readonly SecretPlan[],
  vault: KeptVault,
): Promise<Listening> => {
  const services: Readonly<Record<string, Readonly<Record<string, Action>>>> = {
    TrentService: kmsActions(keys, vault),
    secretsmanager: secretActions(secrets, vault),
  }
  const server: Server = createServer((request, response) => {
    answer(services, request).then(
      (body) => send(response, 200, body),
      (thrown: unknown) => refuse(response, thrown),
    )
  })
  return listenLocally(server)
}

const answer = async (
  services: Readonly<Record<string, Readonly<Record<string, Action>>>>,
  request: IncomingMessage,
): Promise<object> => {
  const [service = '', name = ''] = String(request.headers['x-amz-target']).split('.')
  const action = services[service]?.[name]
  if (!action) throw new AwsError('UnknownOperationException', `The local stage does not know ${service}.${name}.`)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new AwsError('ValidationException', 'The request is too large.')
    chunks.push(chunk)
  }
  return action(JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}'))
}

const refuse = (response: ServerResponse, thrown: unknown): void => {
  if (thrown instanceof AwsError) send(response, thrown.status, { __type: thrown.type, message: thrown.message })
  else if (thrown instanceof ZodError) send(response, 400, { __type: 'ValidationException', message: thrown.message })
  else send(response, 500, { __type: 'InternalFailure', message: String(thrown) })
}

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
  response.end(JSON.stringify(body))
}
