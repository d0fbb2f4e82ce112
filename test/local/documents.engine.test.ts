import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDocuments } from '../../local/documents/server.ts'
import { openShelf } from '../../local/documents/shelf.ts'
import type { Listening } from '../../local/process/listen.ts'
import { temporaryFolder } from './temporary.ts'

const folder = temporaryFolder('documents')
let server: Listening
const ask = (
  method: string,
  path: string,
  body?: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) => fetch(server.endpoint + path, { method, headers, ...(body === undefined ? {} : { body }) })

beforeAll(async () => {
  server = await startDocuments(openShelf(folder, ['books', 'other']))
})
afterAll(() => server.stop())

describe('documents on disk', () => {
  it('come back as they were put, with their headers', async () => {
    const put = await ask('PUT', '/books/2026/a%20b.json', '{"熊":1}', {
      'content-type': 'application/json',
      'cache-control': 'max-age=5',
      'x-amz-meta-round': '7',
    })
    expect(put.status).toBe(200)
    const got = await ask('GET', '/books/2026/a%20b.json')
    expect(await got.text()).toBe('{"熊":1}')
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'max-age=5',
      'x-amz-meta-round': '7',
      etag: put.headers.get('etag'),
    })
    expect((await ask('HEAD', '/books/2026/a%20b.json')).status).toBe(200)
    expect(
      (await ask('GET', '/books/2026/a%20b.json', undefined, { 'if-none-match': String(put.headers.get('etag')) }))
        .status,
    ).toBe(304)
  })

  it('are there after a restart', async () => {
    await ask('PUT', '/books/kept', 'kept')
    const again = await startDocuments(openShelf(folder, ['books']))
    expect(await (await fetch(`${again.endpoint}/books/kept`)).text()).toBe('kept')
    await again.stop()
  })

  it('are put once by one of many who put them only if absent', async () => {
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, index) => ask('PUT', '/books/once', `writer ${index}`, { 'if-none-match': '*' })),
    )
    const winners = answers.flatMap((answer, index) => (answer.status === 200 ? [index] : []))
    expect(winners).toHaveLength(1)
    expect(answers.filter((answer) => answer.status === 412)).toHaveLength(24)
    expect(await (await ask('GET', '/books/once')).text()).toBe(`writer ${winners[0]}`)
  })

  it('are read out of the framing of a streamed body', async () => {
    const framed = '5;chunk-signature=x\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n'
    await ask('PUT', '/books/streamed', framed, {
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'content-encoding': 'aws-chunked',
    })
    expect(await (await ask('GET', '/books/streamed')).text()).toBe('hello world')
  })

  it('are listed in pages, in the order of their keys', async () => {
    for (const key of ['c', 'a', 'b/1', 'b']) await ask('PUT', `/other/list/${key}`, key)
    const keysIn = (xml: string) => [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => match[1])
    const first = await (await ask('GET', '/other?list-type=2&prefix=list/&max-keys=3')).text()
    expect(keysIn(first)).toEqual(['list/a', 'list/b', 'list/b/1'])
    expect(first).toContain('<IsTruncated>true</IsTruncated>')
    const token = first.match(/<NextContinuationToken>([^<]*)</)?.[1] ?? ''
    const second = await (
      await ask('GET', `/other?list-type=2&prefix=list/&max-keys=3&continuation-token=${encodeURIComponent(token)}`)
    ).text()
    expect(keysIn(second)).toEqual(['list/c'])
    await ask('DELETE', '/other/list/c')
    expect((await ask('GET', '/other/list/c')).status).toBe(404)
  })

  it('never leave their bucket', async () => {
    await ask('PUT', '/books/..%2F..%2Fother%2Fescaped', 'x')
    expect((await ask('GET', '/other/escaped')).status).toBe(404)
    expect((await ask('GET', '/books/..%2F..%2Fother%2Fescaped')).status).toBe(200)
    expect((await ask('GET', '/elsewhere/a')).status).toBe(404)
  })
})
