// A CloudFront Function, run on what the viewer asks. Its language is a small JavaScript with a global `handler`;
// it gets a context of its own, in which there is nothing else.
import type { IncomingHttpHeaders } from 'node:http'
import { runInNewContext } from 'node:vm'
import { fieldsOf, isFields } from '../template/json.ts'

export interface Viewed {
  readonly uri: string
  readonly headers: IncomingHttpHeaders
}

/** Takes the request as the viewer sent it; answers with its address, and changes its headers in place. */
export type ViewerFunction = (viewed: Viewed) => string

export const viewerFunctionOf = (code: string): ViewerFunction => {
  const handler: unknown = runInNewContext(`${code}\nhandler`)
  if (typeof handler !== 'function') throw new Error('a CloudFront function has no handler')
  return ({ uri, headers }) => {
    const sent: Record<string, { value: string }> = {}
    for (const name in headers) sent[name] = { value: String(headers[name]) }
    const answer: unknown = handler({ request: { uri, headers: sent } })
    const given = fieldsOf(answer)
    for (const [name, header] of Object.entries(fieldsOf(given['headers']))) {
      if (isFields(header)) headers[name] = String(header['value'])
    }
    return typeof given['uri'] === 'string' ? given['uri'] : uri
  }
}
