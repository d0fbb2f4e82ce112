// The other way to build it, for comparison: one host, Fastify before PostgreSQL, with the same token check, the same keyed
// hash of the subject and the same conditional insert. No lanes, no declarations, no parsing on the way out, no log.
import cluster from 'node:cluster'
import { createHmac, createSecretKey, randomBytes } from 'node:crypto'
import fastify from 'fastify'
import { createLocalJWKSet, jwtVerify } from 'jose'
import pg from 'pg'
import { z } from 'zod'
import { openIssuer } from '../../local/outside/issuer.ts'

const Order = z.object({
  socketFolder: z.string(),
  dataDir: z.string(),
  port: z.int(),
  workers: z.int(),
  key: z.string(),
})
export type HostOrder = Omit<z.infer<typeof Order>, 'key'>

const CONNECTIONS = 32
const TABLE = `create table if not exists registrations (
  campaign text not null, entrant bytea not null, pools text[] not null, key text, registered_at timestamptz not null default now(),
  primary key (campaign, entrant))`
const INSERT = `insert into registrations (campaign, entrant, pools, key) values ($1, $2, $3, $4)
  on conflict do nothing returning registered_at`

const serve = async ({ socketFolder, dataDir, port, workers, key }: z.infer<typeof Order>): Promise<void> => {
  const issuer = `http://127.0.0.1:${port}/_local/issuer`
  const keys = createLocalJWKSet(JSON.parse(openIssuer(dataDir, issuer).keySet))
  const hashing = createSecretKey(Buffer.from(key, 'base64'))
  const pool = new pg.Pool({
    host: socketFolder,
    user: 'bench',
    database: 'postgres',
    max: Math.ceil(CONNECTIONS / workers),
  })
  // The server may go first; what is under way then fails by itself.
  pool.on('error', () => undefined)
  const app = fastify()
  const schema = {
    body: {
      type: 'object',
      required: ['pools'],
      additionalProperties: false,
      properties: { pools: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 20 } },
    },
  }
  app.post<{ Params: { campaign: string }; Body: { pools: string[] } }>(
    '/v1/campaigns/:campaign/registrations',
    { schema },
    async (request, reply) => {
      const token = request.headers.authorization?.slice('Bearer '.length) ?? ''
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: 'urn:tongquan:service:voucher',
        typ: 'at+jwt',
      })
      const entrant = createHmac('sha256', hashing).update(String(payload.sub)).digest()
      const { campaign } = request.params
      const repeatKey = request.headers['idempotency-key']
      const put = await pool.query({
        name: 'register',
        text: INSERT,
        values: [campaign, entrant, request.body.pools, repeatKey],
      })
      const registrationNumber = entrant.toString('hex', 0, 7)
      return reply
        .code(put.rowCount === 1 ? 201 : 200)
        .send({ campaignId: campaign, registrationNumber, pools: request.body.pools })
    },
  )
  await app.listen({ port, host: '127.0.0.1' })
}

/** Makes the table and, like the stage, one worker for each core. */
const lead = async (order: HostOrder): Promise<void> => {
  const client = new pg.Client({ host: order.socketFolder, user: 'bench', database: 'postgres' })
  await client.connect()
  await client.query(TABLE)
  await client.end()
  const whole = JSON.stringify({ ...order, key: randomBytes(32).toString('base64') })
  let listening = 0
  cluster.on('listening', () => {
    listening += 1
    if (listening === order.workers) process.send?.('ready')
  })
  for (let count = 0; count < order.workers; count += 1) cluster.fork({ BENCH_HOST: whole })
}

process.on('disconnect', () => process.exit(0))
if (cluster.isPrimary) process.once('message', (order: HostOrder) => void lead(order))
else await serve(Order.parse(JSON.parse(process.env.BENCH_HOST ?? '{}')))
