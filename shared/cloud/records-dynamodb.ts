// Records on DynamoDB: the only place that speaks its expressions. One call a verb; see docs/adr/0003 for how the put,
// the whole of a registration, is kept lean.
import type { Records } from '../kernel/records.ts'
import type { PortMaker } from '../kernel/wiring.ts'
import type { Engine } from './dynamodb-engine.ts'
import { engineFrom } from './dynamodb-engine.ts'
import { readsOn } from './dynamodb-reads.ts'
import { togetherOn } from './dynamodb-together.ts'
import { writesOn } from './dynamodb-writes.ts'

export const records: PortMaker<Records> = (wiring) => recordsOn(engineFrom(wiring))

export const recordsOn = (engine: Engine): Records => ({
  ...readsOn(engine),
  ...writesOn(engine),
  ...togetherOn(engine),
})
