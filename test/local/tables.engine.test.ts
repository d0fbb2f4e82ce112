import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awsJson } from '../../local/engine/aws-json.ts'
import { type Engine, startDynoxide } from '../../local/engine/dynoxide.ts'
import { findDynoxide } from '../../local/engine/find-dynoxide.ts'
import { makeTables } from '../../local/engine/tables.ts'
import { isAlive } from '../../local/process/identity.ts'
import type { TablePlan } from '../../local/template/plan.ts'
import { temporaryFolder } from './temporary.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dataDir = temporaryFolder('tables')
let engine: Engine
const start = async () => startDynoxide(await findDynoxide(root, process, () => undefined), dataDir, () => undefined)

beforeAll(async () => {
  engine = await start()
})
afterAll(() => engine.stop())

const tableOf = (keys: readonly string[], indexed?: string): TablePlan => ({
  id: 'T',
  name: 'things',
  arn: 'arn',
  definition: {
    TableName: 'things',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    AttributeDefinitions: [...keys, ...(indexed === undefined ? [] : [indexed])].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    ...(indexed === undefined
      ? {}
      : {
          GlobalSecondaryIndexes: [
            {
              IndexName: 'by',
              KeySchema: [{ AttributeName: indexed, KeyType: 'HASH' }],
              Projection: { ProjectionType: 'ALL' },
            },
          ],
        }),
  },
})

describe('the record engine', () => {
  it('is given the tables that are missing, keeps those that stand and refuses other keys', async () => {
    const call = awsJson(engine.endpoint, 'DynamoDB_20120810', 'ap-east-2')
    await makeTables(call, [tableOf(['a', 'b'])])
    await call('PutItem', { TableName: 'things', Item: { a: { S: '1' }, b: { S: '2' } } })
    await makeTables(call, [tableOf(['a', 'b'])])
    expect((await call('Scan', { TableName: 'things' }))['Count']).toBe(1)
    await expect(makeTables(call, [tableOf(['a', 'c'])])).rejects.toThrow('other keys or indexes')
    await expect(makeTables(call, [tableOf(['a', 'b'], 'c')])).rejects.toThrow('other keys or indexes')
  })

  it('is ended at the next start when its stage left it behind', async () => {
    const orphan = engine
    engine = await start()
    expect(engine.pid).not.toBe(orphan.pid)
    expect(isAlive(Number(orphan.pid))).toBe(false)
  })
})
