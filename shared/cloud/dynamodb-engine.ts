// What the verbs of Records share: the client, the tables' physical names, and patience.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Table } from '../kernel/table.ts'
import { environmentNameOf } from '../kernel/table.ts'
import type { Wiring } from '../kernel/wiring.ts'
import { required } from '../kernel/wiring.ts'
import { clientSettings } from './client-settings.ts'
import type { Send } from './dynamodb-wire.ts'
import { sendOver } from './dynamodb-wire.ts'
import type { Patience } from './insist.ts'
import { patienceFor } from './patience.ts'

export interface Engine {
  readonly send: Send
  readonly patience: Patience
  physicalName(table: Table): string
}

export const engineFrom = (wiring: Wiring, given: Partial<Pick<Patience, 'clock' | 'random'>> = {}): Engine => {
  const settings = clientSettings(wiring, 'DYNAMODB')
  return {
    send: sendOver(new DynamoDBClient(settings), settings.endpoint),
    patience: patienceFor(wiring, 'records', given),
    physicalName: namesFrom(wiring),
  }
}

const namesFrom = (wiring: Wiring): ((table: Table) => string) => {
  const known = new Map<string, string>()
  return (table) => {
    const name = known.get(table.name) ?? required(wiring, environmentNameOf('TABLE', table.name))
    known.set(table.name, name)
    return name
  }
}
