// Against the local stage's own documents: fauxqs writes over a document whatever the condition says.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { startDocuments } from '../../local/documents/server.ts'
import { openShelf } from '../../local/documents/shelf.ts'
import { blobsWith } from '../../shared/cloud/blobs-s3.ts'
import { bucket } from '../../shared/kernel/bucket.ts'
import { clockAt, seededRandom } from '../support/clocks.ts'
import { fault, ok, type ScriptedServer, scriptedServer } from '../support/scripted-server.ts'

const BUCKET = 'books-of-tests'
const folder = mkdtempSync(join(tmpdir(), 'tongquan-blobs-'))
mkdirSync(join(folder, BUCKET))
const documents = await startDocuments(openShelf(folder, [BUCKET]))
const opened: ScriptedServer[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop()
})
afterAll(async () => {
  await documents.stop()
  rmSync(folder, { recursive: true, force: true })
})

const books = bucket({ name: 'test-books', holds: 'the books of these tests', isPublic: false })
const blobsAt = (endpoint: string, name = BUCKET) => {
  const environment = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_S3: endpoint,
    BUCKET_TEST_BOOKS: name,
  }
  const parts = { clock: clockAt('2026-11-20T12:00:00+08:00'), random: seededRandom('blobs') }
  return blobsWith({ name: 'blobs-test', budgetMs: 5_000, environment }, parts)
}
const blobs = blobsAt(documents.endpoint)

describe('blobs', () => {
  const document = { contentType: 'application/json', body: '{"熊":1}' }

  it('keeps a document as it was written', async () => {
    expect(await blobs.putOnce(books, 'heads/1 陳.json', document)).toBe(true)
    expect(await blobs.get(books, 'heads/1 陳.json')).toEqual(document)
  })

  it('never replaces one', async () => {
    await blobs.putOnce(books, 'kept.json', document)
    expect(await blobs.putOnce(books, 'kept.json', { ...document, body: 'other' })).toBe(false)
    expect(await blobs.get(books, 'kept.json')).toEqual(document)
  })

  it('says of the very same document a second time that it was not written', async () => {
    expect(await blobs.putOnce(books, 'same.json', document)).toBe(true)
    expect(await blobs.putOnce(books, 'same.json', document)).toBe(false)
  })

  it('that wrote a document without hearing of it has written it, and not what somebody else wrote', async () => {
    for (const [path, theirs] of [
      ['ours.json', document.body],
      ['theirs.json', 'theirs'],
    ] as const) {
      const shelf = openShelf(folder, [BUCKET])
      let isFirst = true
      const forgetful = await startDocuments({
        ...shelf,
        put: async (bucketName, key, body, headers, onlyIfAbsent) => {
          if (!isFirst) return await shelf.put(bucketName, key, body, headers, onlyIfAbsent)
          isFirst = false
          await shelf.put(bucketName, key, Buffer.from(theirs), headers, true)
          throw new Error('the reply is lost')
        },
      })
      expect(await blobsAt(forgetful.endpoint).putOnce(books, path, document)).toBe(theirs === document.body)
      await forgetful.stop()
    }
  })

  it('lets one of 25 in parallel write', async () => {
    const tries = Array.from({ length: 25 }, (_, index) =>
      blobs.putOnce(books, 'raced.json', { ...document, body: `${index}` }),
    )
    expect((await Promise.all(tries)).filter((isWritten) => isWritten)).toHaveLength(1)
  })

  it('says undefined for what is not there, and an error for a bucket that is not', async () => {
    expect(await blobs.get(books, 'nothing.json')).toBeUndefined()
    const lost = blobsAt(documents.endpoint, 'no-such-bucket')
    await expect(lost.get(books, 'nothing.json')).rejects.toThrow()
  })

  it('comes through a conflict and a slow-down', async () => {
    const script = await scriptedServer((_, count) => (count < 3 ? fault('x', {}, 503) : ok()))
    opened.push(script)
    expect(await blobsAt(script.endpoint).putOnce(books, 'head.json', document)).toBe(true)
    expect(script.asked).toHaveLength(3)
  })
})
