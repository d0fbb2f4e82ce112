// The part of S3 that the city uses, path style: PutObject (also If-None-Match: *), GetObject, HeadObject, DeleteObject, ListObjectsV2.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Listening, listenLocally } from '../process/listen.ts'
import { decodeAwsChunks } from './aws-chunks.ts'
import type { Metadata, Shelf } from './shelf.ts'

const MAX_DOCUMENT_BYTES = 100_000_000
const MAX_KEYS = 1_000
/** Kept with the document and given back with it. */
const KEPT_HEADERS = [
  'content-type',
  'cache-control',
  'content-encoding',
  'content-disposition',
  'content-language',
] as const

interface Call {
  readonly shelf: Shelf
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly bucket: string
  readonly key: string
  readonly query: URLSearchParams
}

export const startDocuments = (shelf: Shelf): Promise<Listening> =>
  listenLocally(
    createServer((request, response) => {
      serve(shelf, request, response).catch((thrown: unknown) => fail(response, 500, 'InternalError', String(thrown)))
    }),
  )

const serve = async (shelf: Shelf, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://local')
  const [bucket = '', ...rest] = url.pathname.slice(1).split('/')
  const call: Call = {
    shelf,
    request,
    response,
    bucket,
    key: rest.map(decodeURIComponent).join('/'),
    query: url.searchParams,
  }
  if (!shelf.has(bucket)) return fail(response, 404, 'NoSuchBucket', 'The specified bucket does not exist')
  if (call.key === '')
    return request.method === 'GET'
      ? list(call)
      : fail(response, 501, 'NotImplemented', 'The local stage cannot do this to a bucket.')
  switch (request.method) {
    case 'PUT':
      return put(call)
    case 'GET':
    case 'HEAD':
      return get(call)
    case 'DELETE':
      await shelf.remove(bucket, call.key)
      response.writeHead(204).end()
      return
    default:
      fail(response, 501, 'NotImplemented', `The local stage cannot do ${request.method} on a document.`)
  }
}

const put = async ({ shelf, request, response, bucket, key, query }: Call): Promise<void> => {
  const unsupported = request.headers['x-amz-copy-source'] ?? query.get('uploadId') ?? request.headers['if-match']
  if (unsupported !== undefined && unsupported !== null)
    return fail(response, 501, 'NotImplemented', 'Copies, parts and If-Match are not done here.')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_DOCUMENT_BYTES)
      return fail(response, 400, 'EntityTooLarge', `The local stage keeps at most ${MAX_DOCUMENT_BYTES} bytes.`)
    chunks.push(chunk)
  }
  const whole = Buffer.concat(chunks)
  const isChunked = String(request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
  const body = isChunked ? decodeAwsChunks(whole) : whole
  const stored = await shelf.put(bucket, key, body, headersToKeep(request), request.headers['if-none-match'] === '*')
  if (!stored)
    return fail(response, 412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold')
  response.writeHead(200, { etag: stored.etag }).end()
}

const headersToKeep = (request: IncomingMessage): Record<string, string> => {
  const kept: Record<string, string> = {}
  for (const name in request.headers) {
    const value = String(request.headers[name])
    if (name.startsWith('x-amz-meta-')) kept[name] = value
    else if (KEPT_HEADERS.some((each) => each === name)) kept[name] = value
  }
  const encoding = kept['content-encoding']
    ?.split(',')
    .filter((each) => each.trim() !== 'aws-chunked')
    .join(',')
  if (encoding === '') delete kept['content-encoding']
  else if (encoding !== undefined) kept['content-encoding'] = encoding
  return kept
}

const get = async ({ shelf, request, response, bucket, key }: Call): Promise<void> => {
  const found = await shelf.get(bucket, key)
  if (!found) return fail(response, 404, 'NoSuchKey', 'The specified key does not exist.')
  const headers = {
    ...found.metadata.headers,
    etag: found.metadata.etag,
    'last-modified': new Date(found.metadata.storedAt).toUTCString(),
  }
  if (request.headers['if-none-match'] === found.metadata.etag) response.writeHead(304, headers).end()
  else
    response
      .writeHead(200, { ...headers, 'content-length': found.body.length })
      .end(request.method === 'HEAD' ? undefined : found.body)
}

const list = async ({ shelf, response, bucket, query }: Call): Promise<void> => {
  if (query.get('delimiter')) return fail(response, 501, 'NotImplemented', 'The local stage lists without a delimiter.')
  const limit = Math.min(Number(query.get('max-keys') ?? MAX_KEYS), MAX_KEYS)
  const after = query.get('continuation-token') ?? query.get('start-after') ?? ''
  const found = await shelf.list(bucket, query.get('prefix') ?? '', after, limit + 1)
  const page = found.slice(0, limit)
  const more = found.length > limit
  const next = more ? `<NextContinuationToken>${escaped(page.at(-1)?.key ?? '')}</NextContinuationToken>` : ''
  const body = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${bucket}</Name><KeyCount>${page.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${more}</IsTruncated>${next}${page.map(entry).join('')}</ListBucketResult>`
  response.writeHead(200, { 'content-type': 'application/xml' }).end(body)
}

const entry = ({ key, etag, size, storedAt }: Metadata): string =>
  `<Contents><Key>${escaped(key)}</Key><LastModified>${new Date(storedAt).toISOString()}</LastModified><ETag>${escaped(etag)}</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const fail = (response: ServerResponse, status: number, code: string, message: string): void => {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(response.req.method === 'HEAD' ? undefined : body)
}
