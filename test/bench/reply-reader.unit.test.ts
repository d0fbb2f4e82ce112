import { describe, expect, it } from 'vitest'
import { replyReader } from '../../bench/load/reply-reader.ts'

const reply = (status: number, body: string, headers = `content-length: ${Buffer.byteLength(body)}\r\n`): string =>
  `HTTP/1.1 ${status} Whatever\r\ndate: today\r\n${headers}\r\n${body}`

const readAll = (chunks: readonly Buffer[]): readonly (readonly [number, string])[] => {
  const heard: [number, string][] = []
  const read = replyReader((status, body) => heard.push([status, body.toString()]))
  for (const chunk of chunks) read(chunk)
  return heard
}

describe('the reply reader', () => {
  it('reads one reply that comes whole', () => {
    expect(readAll([Buffer.from(reply(201, '{"a":"通券"}'))])).toEqual([[201, '{"a":"通券"}']])
  })

  it('reads the same wherever the line is cut', () => {
    const bytes = Buffer.from(reply(201, '{"a":"通券"}') + reply(200, 'second'))
    const cuts = Array.from({ length: bytes.length + 1 }, (_, at) =>
      readAll([bytes.subarray(0, at), bytes.subarray(at)]),
    )
    expect(new Set(cuts.map((heard) => JSON.stringify(heard)))).toEqual(
      new Set(['[[201,"{\\"a\\":\\"通券\\"}"],[200,"second"]]']),
    )
  })

  it('reads byte by byte', () => {
    const bytes = [...Buffer.from(reply(503, 'busy'))].map((byte) => Buffer.of(byte))
    expect(readAll(bytes)).toEqual([[503, 'busy']])
  })

  it('finds the length however its header is written', () => {
    expect(readAll([Buffer.from(reply(200, 'four', 'Content-Length:4\r\n'))])).toEqual([[200, 'four']])
  })

  it('takes 204 and 304 without a length for empty', () => {
    expect(readAll([Buffer.from(reply(204, '', '') + reply(304, '', ''))])).toEqual([
      [204, ''],
      [304, ''],
    ])
  })

  it('says nothing while a part is missing', () => {
    expect(readAll([Buffer.from(reply(200, 'four').slice(0, -1))])).toEqual([])
  })

  it('refuses a reply without a length', () => {
    expect(() => readAll([Buffer.from(reply(200, 'x', 'transfer-encoding: chunked\r\n'))])).toThrow(/without a length/)
  })

  it('refuses what is not HTTP/1.1', () => {
    expect(() => readAll([Buffer.from('SSH-2.0-x\r\n\r\n')])).toThrow(/not an HTTP/)
  })

  it('refuses a head that does not end', () => {
    expect(() => readAll([Buffer.alloc(70_000, 'x')])).toThrow(/does not end/)
  })
})
