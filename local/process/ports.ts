import { createServer } from 'node:net'
import { codeOf, Sentence } from '../sentence.ts'

const tryPort = (port: number, host: string): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer()
    server.on('error', failed)
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address ? address.port : port
      server.close(() => done(bound))
    })
  })

export const freePort = (): Promise<number> => tryPort(0, '127.0.0.1')

/** Says in one sentence why the port cannot be had; 0 asks for any free one. */
export const claimPort = async (port: number): Promise<number> => {
  try {
    return await tryPort(port, '127.0.0.1')
  } catch (thrown) {
    if (codeOf(thrown) === 'EADDRINUSE')
      throw new Sentence(`Port ${port} is in use. Stop what listens there, or set PORT to another one.`)
    if (codeOf(thrown) === 'EACCES')
      throw new Sentence(`This user may not listen on port ${port}. Set PORT to one above 1023.`)
    throw thrown
  }
}
