// Documents as files: one file each, its metadata in the first line. A document appears whole or not at all, and "if none match"
// is the file system's own promise: of two that link the same name one fails.
import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { codeOf } from '../sentence.ts'

const Metadata = z.object({
  key: z.string(),
  etag: z.string(),
  size: z.number(),
  storedAt: z.number(),
  headers: z.record(z.string(), z.string()),
})
export type Metadata = z.infer<typeof Metadata>

export interface StoredDocument {
  readonly metadata: Metadata
  readonly body: Buffer
}

export interface Shelf {
  has(bucket: string): boolean
  /** `undefined` when the key is taken and must not be. */
  put(
    bucket: string,
    key: string,
    body: Buffer,
    headers: Record<string, string>,
    onlyIfAbsent: boolean,
  ): Promise<Metadata | undefined>
  get(bucket: string, key: string): Promise<StoredDocument | undefined>
  remove(bucket: string, key: string): Promise<void>
  /** In the order of the keys. */
  list(bucket: string, prefix: string, after: string, limit: number): Promise<readonly Metadata[]>
}

const MAX_DEPTH = 30
const NEWLINE = 10

/** No segment of a key can climb out of its bucket, or be taken for a folder where a document stands. */
const fileOf = (folder: string, bucket: string, key: string): string => {
  const segments = key.split('/').map(encodeURIComponent)
  const last = segments.pop() ?? ''
  return join(folder, bucket, ...segments.map((segment) => `d-${segment}`), `o-${last}`)
}

export const openShelf = (folder: string, buckets: readonly string[]): Shelf => ({
  has: (bucket) => buckets.includes(bucket),
  put: async (bucket, key, body, headers, onlyIfAbsent) => {
    const file = fileOf(folder, bucket, key)
    const metadata = {
      key,
      etag: `"${createHash('md5').update(body).digest('hex')}"`,
      size: body.length,
      storedAt: Date.now(),
      headers,
    }
    const draft = join(folder, `draft-${randomUUID()}`)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(draft, Buffer.concat([Buffer.from(`${JSON.stringify(metadata)}\n`), body]))
    if (!onlyIfAbsent) {
      await rename(draft, file)
      return metadata
    }
    try {
      await link(draft, file)
      return metadata
    } catch (thrown) {
      if (codeOf(thrown) === 'EEXIST') return undefined
      throw thrown
    } finally {
      await rm(draft, { force: true })
    }
  },
  get: async (bucket, key) => read(fileOf(folder, bucket, key)),
  remove: (bucket, key) => rm(fileOf(folder, bucket, key), { force: true }),
  list: async (bucket, prefix, after, limit) => {
    const found = await walk(join(folder, bucket), 0)
    return found
      .filter(({ key }) => key.startsWith(prefix) && key > after)
      .sort((left, right) => (left.key < right.key ? -1 : 1))
      .slice(0, limit)
  },
})

const read = async (file: string): Promise<StoredDocument | undefined> => {
  try {
    const whole = await readFile(file)
    const end = whole.indexOf(NEWLINE)
    return {
      metadata: Metadata.parse(JSON.parse(whole.subarray(0, end).toString('utf8'))),
      body: whole.subarray(end + 1),
    }
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return undefined
    throw thrown
  }
}

const walk = async (folder: string, depth: number): Promise<readonly Metadata[]> => {
  if (depth > MAX_DEPTH) return []
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const lists = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return walk(path, depth + 1)
      const document = await read(path)
      return document ? [document.metadata] : []
    }),
  )
  return lists.flat()
}
