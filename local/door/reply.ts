// What a handler gave, as the gateway turns it into a reply. A shape that the gateway would not take is `undefined`.
import { isFields } from '../template/json.ts'

export interface GatewayReply {
  readonly status: number
  /** Name and value, one pair for each header line. */
  readonly headers: readonly string[]
  readonly body: Buffer | string
}

const JSON_TYPE = ['content-type', 'application/json']

export const gatewayMessage = (status: number, message: string): GatewayReply => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify({ message }),
})

const bodyOf = (body: unknown, isBase64: boolean): Buffer | string | undefined => {
  if (body === undefined || body === null) return ''
  if (typeof body !== 'string') return undefined
  return isBase64 ? Buffer.from(body, 'base64') : body
}

/** What belongs to the connection is the gateway's to say. */
const OF_CONNECTION = new Set(['content-length', 'transfer-encoding', 'connection', 'keep-alive'])

const addHeaders = (lines: string[], headers: unknown): void => {
  if (!isFields(headers)) return
  for (const name in headers) {
    const value = headers[name]
    if (OF_CONNECTION.has(name.toLowerCase())) continue
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      lines.push(name, String(value))
  }
}

/** HTTP API, format 2.0: without a statusCode whatever was returned is the JSON body of a 200. */
export const citizenReply = (value: unknown): GatewayReply | undefined => {
  if (!isFields(value) || value['statusCode'] === undefined) {
    if (value === undefined) return { status: 200, headers: JSON_TYPE, body: 'null' }
    return { status: 200, headers: JSON_TYPE, body: typeof value === 'string' ? value : JSON.stringify(value) }
  }
  const status = Number(value['statusCode'])
  const body = bodyOf(value['body'], value['isBase64Encoded'] === true)
  if (!Number.isInteger(status) || status < 100 || status > 599 || body === undefined) return undefined
  const headers: string[] = []
  addHeaders(headers, value['headers'])
  const cookies = value['cookies']
  if (Array.isArray(cookies)) for (const cookie of cookies) headers.push('set-cookie', String(cookie))
  // The gateway's own default for a text without a type.
  if (body.length > 0 && !hasHeader(headers, 'content-type')) headers.push('content-type', 'text/plain;charset=utf-8')
  return { status, headers, body }
}

/** REST API: a statusCode is needed, multiValueHeaders go beside headers. */
export const agencyReply = (value: unknown): GatewayReply | undefined => {
  if (!isFields(value)) return undefined
  const status = Number(value['statusCode'])
  const body = bodyOf(value['body'], value['isBase64Encoded'] === true)
  if (!Number.isInteger(status) || status < 100 || status > 599 || body === undefined) return undefined
  const headers: string[] = []
  addHeaders(headers, value['headers'])
  const multi = value['multiValueHeaders']
  if (isFields(multi)) {
    for (const name in multi) {
      const values = multi[name]
      if (Array.isArray(values)) for (const each of values) headers.push(name, String(each))
    }
  }
  if (!hasHeader(headers, 'content-type')) headers.push('content-type', 'application/json')
  return { status, headers, body }
}

const hasHeader = (lines: readonly string[], wanted: string): boolean => {
  for (let index = 0; index < lines.length; index += 2) if (lines[index]?.toLowerCase() === wanted) return true
  return false
}
