// The yardstick beside the storm: the same engine, fed the same items by bare HTTP from the same generator, and nothing else.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { awsJson } from '../../local/engine/aws-json.ts'
import { startDynoxide } from '../../local/engine/dynoxide.ts'
import { findDynoxide } from '../../local/engine/find-dynoxide.ts'
import { generate } from '../load/generate.ts'
import type { Tally } from '../load/tally.ts'
import type { Say } from '../say.ts'
import { root } from '../stage.ts'
import { IN_FLIGHT } from './throughput.ts'

const TABLES = ['bench-odd', 'bench-even'] as const

const definition = (name: string) => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'bucket', KeyType: 'HASH' },
    { AttributeName: 'entrant', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'bucket', AttributeType: 'S' },
    { AttributeName: 'entrant', AttributeType: 'S' },
  ],
})

export const measureEngineAlone = async (people: number, say: Say): Promise<Tally> => {
  say.line(`the engine alone: ${people.toLocaleString('en')} puts by bare HTTP, ${IN_FLIGHT} in flight`)
  const dataDir = mkdtempSync(join(tmpdir(), 'tongquan-bench-engine-'))
  let died = ''
  const engine = await startDynoxide(await findDynoxide(root, process, say.line), dataDir, (why) => {
    died = why
  })
  try {
    const call = awsJson(engine.endpoint, 'DynamoDB_20120810', 'local')
    for (const name of TABLES) await call('CreateTable', definition(name))
    const job = { kind: 'engine', endpoint: engine.endpoint, tables: TABLES, people, inFlight: IN_FLIGHT } as const
    const { tally } = await generate(job, { say })
    const good = tally.statuses[200] ?? 0
    if (died || good !== people) throw new Error(`of ${people} puts the engine took ${good}. ${died}`)
    return tally
  } finally {
    await engine.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
