// The engines that Records is compared on: memory, dynoxide, and DynamoDB Local where Java and the build are found.
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { findDynoxide } from '../../local/engine/find-dynoxide.ts'
import { engineFrom } from '../../shared/cloud/dynamodb-engine.ts'
import { recordsOn } from '../../shared/cloud/records-dynamodb.ts'
import { memoryRecords } from '../../shared/cloud/records-memory.ts'
import type { Records } from '../../shared/kernel/records.ts'
import { environmentNameOf, type Table } from '../../shared/kernel/table.ts'
import type { Wiring } from '../../shared/kernel/wiring.ts'
import { root } from '../house/tree.ts'
import { buildIn } from './dynamodb-local.ts'
import { type EngineProcess, startEngine } from './engine-process.ts'
import { leaveOut } from './left-out.ts'

export interface TestEngine {
  readonly name: string
  /** Records on new, empty tables. */
  records(...tables: readonly Table[]): Promise<Records>
  stop(): Promise<void>
}

/** Engines under test are asked in parallel on a busy machine; patience is not what these tests are about. */
const BUDGET_MS = 20_000

export const presentEngines = async (): Promise<readonly TestEngine[]> => {
  const local = await dynamodbLocal()
  return [memory, httpEngine('dynoxide', await dynoxide()), ...(local ? [httpEngine('DynamoDB Local', local)] : [])]
}

const memory: TestEngine = {
  name: 'memory',
  records: () => Promise.resolve(memoryRecords()),
  stop: () => Promise.resolve(),
}

const dynoxide = async (): Promise<EngineProcess> =>
  startEngine(await findDynoxide(root, process, console.warn), (port) => ['--port', String(port)])

const dynamodbLocal = async (): Promise<EngineProcess | undefined> => {
  const folder = process.env.DYNAMODB_LOCAL_DIR ?? join(root, '.tongquan/dynamodb-local')
  const build = buildIn(folder)
  const hasJava = spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0
  if (build.ok && hasJava) return await startEngine('java', (port) => javaWords(folder, build.libraryFolder, port))
  const why = build.ok || !hasJava ? 'there is no Java on this machine' : build.why
  leaveOut({ what: 'records on DynamoDB Local', why })
  return undefined
}

const javaWords = (folder: string, libraryFolder: string, port: number): readonly string[] => [
  `-Djava.library.path=${libraryFolder}`,
  '-cp',
  join(folder, '*'),
  'com.amazonaws.services.dynamodbv2.local.main.ServerRunner',
  '-inMemory',
  '-disableTelemetry',
  '-port',
  String(port),
]

const httpEngine = (name: string, engine: EngineProcess): TestEngine => ({
  name,
  stop: engine.stop,
  async records(...tables) {
    const wiring = wiringTo(engine.endpoint, tables)
    for (const table of tables) await makeTable(engine.endpoint, wiring, table)
    return recordsOn(engineFrom(wiring))
  },
})

export const wiringTo = (endpoint: string, tables: readonly Table[], budgetMs = BUDGET_MS): Wiring => {
  const suffix = randomUUID()
  const names = tables.map((table) => [environmentNameOf('TABLE', table.name), `${table.name}-${suffix}`])
  return {
    name: 'records-test',
    budgetMs,
    environment: {
      AWS_REGION: 'ap-east-2',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      ...Object.fromEntries(names),
    },
  }
}

const makeTable = async (endpoint: string, wiring: Wiring, table: Table): Promise<void> => {
  const keys = [table.partitionKey, ...(table.sortKey === undefined ? [] : [table.sortKey])]
  const reply = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.CreateTable',
      'x-amz-date': '20261120T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20261120/ap-east-2/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({
      TableName: wiring.environment[environmentNameOf('TABLE', table.name)],
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    }),
  })
  if (!reply.ok) throw new Error(`the table could not be made: ${await reply.text()}`)
}
