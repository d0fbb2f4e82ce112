// Public documents and the site, from their buckets, as the distribution serves them.
import type { GatewayReply } from './reply.ts'

const PASSED_ON = ['content-type', 'cache-control', 'etag', 'last-modified', 'content-encoding'] as const

export const fromBucket = async (s3: string, bucket: string, path: string): Promise<GatewayReply> => {
  const answer = await fetch(`${s3}/${bucket}${path}`)
  const body = Buffer.from(await answer.arrayBuffer())
  // A bucket that may not be listed answers 403 for what is not there; CloudFront passes it on. 404 says it better to a developer.
  if (answer.status !== 200)
    return { status: 404, headers: ['content-type', 'text/plain'], body: 'There is no such document.\n' }
  const headers = PASSED_ON.flatMap((name) => {
    const value = answer.headers.get(name)
    return value === null ? [] : [name, value]
  })
  return { status: 200, headers, body }
}
