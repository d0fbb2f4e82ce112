// A storm of requests: so many in flight at any time, each on a socket of its own that stays open. The next request of a
// socket leaves when its reply is there, as people do who wait for an answer.
import { connect, type Socket } from 'node:net'
import { replyReader } from './reply-reader.ts'

export interface Storm {
  readonly host: string
  readonly port: number
  readonly inFlight: number
  readonly total: number
  /** The whole request, as it goes over the wire. */
  request(index: number): string
  /** `BROKEN` stands for a line that broke before the answer was there. */
  heard(index: number, status: number, body: Buffer, latencyMs: number): void
}

export const BROKEN = 0
/** A stage that hangs up more often than this is not worth waiting for. */
const MAX_BROKEN_LINES = 1_000
const NOTHING = Buffer.alloc(0)

export const raise = async (storm: Storm): Promise<void> => {
  let next = 0
  let broken = 0
  const take = (): number | undefined => (next < storm.total ? next++ : undefined)
  const line = async (): Promise<void> => {
    for (;;) {
      const lost = await carry(storm, take)
      if (lost === undefined) return
      storm.heard(lost, BROKEN, NOTHING, 0)
      broken += 1
      if (broken > MAX_BROKEN_LINES) throw new Error(`${broken} lines broke before the answer was there`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(storm.inFlight, storm.total) }, line))
}

/** One socket from its first request to its last; answers with the index of the request that it lost, if any. */
const carry = (storm: Storm, take: () => number | undefined): Promise<number | undefined> =>
  new Promise((done, failed) => {
    let current: number | undefined = take()
    if (current === undefined) return done(undefined)
    let sentAt = 0
    const socket: Socket = connect({ host: storm.host, port: storm.port, noDelay: true })
    const send = (index: number): void => {
      sentAt = performance.now()
      socket.write(storm.request(index), 'latin1')
    }
    const read = replyReader((status, body) => {
      if (current === undefined) return
      storm.heard(current, status, body, performance.now() - sentAt)
      current = take()
      if (current === undefined) socket.destroy()
      else send(current)
    })
    socket.on('connect', () => current !== undefined && send(current))
    socket.on('data', (chunk: Buffer) => {
      try {
        read(chunk)
      } catch (thrown) {
        failed(thrown)
        socket.destroy()
      }
    })
    socket.on('error', () => undefined)
    socket.on('close', () => done(current))
  })
