// A tiny AWS endpoint that answers by a script: for what no engine does when asked (throttling, conflicts, lost replies).
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'

export interface Asked {
  /** `PutItem` of `DynamoDB_20120810.PutItem`. */
  readonly action: string
  readonly body: Record<string, unknown>
  readonly text: string
  readonly headers: IncomingHttpHeaders
}

/** A reply, or what the line does instead. */
export type Reply =
  | { readonly status: number; readonly body: Readonly<Record<string, unknown>> }
  | 'hang up'
  | 'never answer'

export interface ScriptedServer {
  readonly endpoint: string
  readonly asked: readonly Asked[]
  stop(): Promise<void>
}

export const ok = (body: Readonly<Record<string, unknown>> = {}): Reply => ({ status: 200, body })
export const fault = (type: string, more: Readonly<Record<string, unknown>> = {}, status = 400): Reply => ({
  status,
  body: { __type: `com.amazonaws.test#${type}`, message: type, ...more },
})

export const scriptedServer = async (answer: (asked: Asked, count: number) => Reply): Promise<ScriptedServer> => {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const text = await textOf(request)
    const one = { action, text, body: JSON.parse(text), headers: request.headers }
    asked.push(one)
    give(answer(one, asked.length), request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString() || '{}'
}

const give = (reply: Reply, request: IncomingMessage, response: ServerResponse): void => {
  if (reply === 'never answer') return
  if (reply === 'hang up') {
    request.socket.destroy()
    return
  }
  response.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(reply.body))
}
