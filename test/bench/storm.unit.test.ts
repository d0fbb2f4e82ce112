import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { BROKEN, raise } from '../../bench/load/storm.ts'
import { listenLocally } from '../../local/process/listen.ts'

let stop: (() => Promise<void>) | undefined
afterEach(() => stop?.())

const listening = async (server: Server): Promise<{ host: string; port: number }> => {
  const { endpoint, stop: end } = await listenLocally(server)
  stop = end
  const { hostname, port } = new URL(endpoint)
  return { host: hostname, port: Number(port) }
}

const request = (index: number): string => `GET /${index} HTTP/1.1\r\nhost: here\r\n\r\n`

describe('a storm', () => {
  it('asks for each once, never more at a time than it may, on lines that stay open', async () => {
    let open = 0
    let most = 0
    let lines = 0
    const server = createServer((asked, answer) => {
      open += 1
      most = Math.max(most, open)
      setImmediate(() => {
        open -= 1
        const body = String(asked.url)
        answer.writeHead(200, { 'content-length': body.length }).end(body)
      })
    })
    server.on('connection', () => {
      lines += 1
    })
    const at = await listening(server)
    const heard: string[] = []
    await raise({
      ...at,
      inFlight: 5,
      total: 200,
      request,
      heard: (index, _status, body) => heard.push(`${index}${body}`),
    })
    expect(heard.toSorted()).toEqual(Array.from({ length: 200 }, (_, index) => `${index}/${index}`).toSorted())
    expect(most).toBeLessThanOrEqual(5)
    expect(lines).toBe(5)
  })

  it('tells of each line that broke before its answer, and goes on', async () => {
    const server = createServer((asked, answer) => {
      if (asked.url === '/3') asked.socket.destroy()
      else answer.writeHead(200, { 'content-length': 0 }).end()
    })
    const at = await listening(server)
    const statuses = new Map<number, number>()
    await raise({ ...at, inFlight: 2, total: 10, request, heard: (index, status) => statuses.set(index, status) })
    expect(statuses.size).toBe(10)
    expect([...statuses].filter(([, status]) => status === BROKEN)).toEqual([[3, BROKEN]])
  })

  it('fails loudly when the answer cannot be read', async () => {
    const server = createServer((_, answer) => {
      answer.write('in chunks')
      answer.end()
    })
    const at = await listening(server)
    await expect(raise({ ...at, inFlight: 1, total: 1, request, heard: () => undefined })).rejects.toThrow(
      /without a length/,
    )
  })
})
