import { dueMarks } from '../due/records.ts'
import type { UseCase } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/ports.ts'
import { accept } from '../kernel/result.ts'
import type { health } from './contract.ts'

const NOWHERE = { shard: 'health', dueKey: 'health' }

/** Well means that the way to the records is open; a row that is not there costs half a read. */
export const lookAfter =
  (ports: Pick<Ports, 'records'>): UseCase<typeof health> =>
  async () => {
    await ports.records.get(dueMarks, NOWHERE)
    return accept({ status: 200, body: { status: 'WELL' } })
  }
