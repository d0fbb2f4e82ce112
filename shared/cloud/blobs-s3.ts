// Documents in S3. A document is written once: the first writer wins, whoever comes later changes nothing.
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { Blobs, Bucket } from '../kernel/bucket.ts'
import { environmentNameOf } from '../kernel/table.ts'
import type { PortMaker, Wiring } from '../kernel/wiring.ts'
import { required } from '../kernel/wiring.ts'
import { clientSettings } from './client-settings.ts'
import type { Patience } from './insist.ts'
import { insist } from './insist.ts'
import { patienceFor } from './patience.ts'

export const blobs: PortMaker<Blobs> = (wiring) => blobsWith(wiring)

export const blobsWith = (wiring: Wiring, given: Partial<Pick<Patience, 'clock' | 'random'>> = {}): Blobs => {
  const patience = patienceFor(wiring, 'blobs', given)
  // An endpoint of its own has no address per bucket.
  const forcePathStyle = wiring.environment.AWS_ENDPOINT_URL_S3 !== undefined
  const client = new S3Client({ ...clientSettings(wiring, 'S3'), forcePathStyle })
  const placeOf = (bucket: Bucket, path: string) => ({
    Bucket: required(wiring, environmentNameOf('BUCKET', bucket.name)),
    Key: path,
  })
  const read = async (bucket: Bucket, path: string) => {
    const reply = await client.send(new GetObjectCommand(placeOf(bucket, path)))
    return {
      contentType: reply.ContentType ?? 'application/octet-stream',
      body: (await reply.Body?.transformToString()) ?? '',
    }
  }
  return {
    putOnce: (bucket, path, document) =>
      insist(patience, async ({ followsUnknown }) => {
        const content = { ContentType: document.contentType, Body: document.body }
        try {
          // Stops a document from being replaced.
          await client.send(new PutObjectCommand({ ...placeOf(bucket, path), ...content, IfNoneMatch: '*' }))
          return true
        } catch (error) {
          if (!isTaken(error)) throw error
          // An attempt of ours, of which we did not hear, was carried out.
          return followsUnknown && (await read(bucket, path)).body === document.body
        }
      }),
    get: (bucket, path) =>
      insist(patience, () =>
        read(bucket, path).catch((error: unknown) => {
          if (error instanceof NoSuchKey) return undefined
          throw error
        }),
      ),
  }
}

const isTaken = (error: unknown): boolean => error instanceof Error && error.name === 'PreconditionFailed'
