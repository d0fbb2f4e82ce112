import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { outside } from '../../shared/cloud/outside-http.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

const keySetFrom = async (answer: RequestListener) => {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const KEY_SET_URL = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/jwks`
  return outside({ name: 'outside-test', budgetMs: 500, environment: { KEY_SET_URL } }).keySet()
}

describe('the key set of the sign-in', () => {
  it('is given as it was published', async () => {
    const keys = [{ kty: 'RSA', kid: '1' }]
    expect(await keySetFrom((_, response) => response.end(JSON.stringify({ keys })))).toEqual({ keys })
  })

  it('is an error when it is not answered in time', async () => {
    await expect(keySetFrom(() => {})).rejects.toThrow('timeout')
  })

  it.each<[string, RequestListener]>([
    ['with another status', (_, response) => response.writeHead(500).end('{}')],
    ['elsewhere', (_, response) => response.writeHead(302, { location: '/other' }).end()],
    ['as something that is not JSON', (_, response) => response.end('<html>')],
    ['with more than a key set holds', (_, response) => response.end(JSON.stringify({ keys: 'x'.repeat(70_000) }))],
  ])('is an error when it is answered %s', async (_, answer) => {
    await expect(keySetFrom(answer)).rejects.toThrow()
  })
})
