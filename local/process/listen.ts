import type { Server } from 'node:http'

export interface Listening {
  readonly endpoint: string
  stop(): Promise<void>
}

/** On a free port, reachable from this machine only. */
export const listenLocally = (server: Server): Promise<Listening> =>
  new Promise((done, failed) => {
    server.keepAliveTimeout = 75_000
    server.on('error', failed)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      done({
        endpoint: `http://127.0.0.1:${port}`,
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped())
            server.closeAllConnections()
          }),
      })
    })
  })
