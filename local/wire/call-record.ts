// DATA_DIR/calls.jsonl: one line for each call that a function made, with what it cost. Tests compare it with the template's
// policies, the bench counts calls and units in it.
import { appendFileSync, writeFileSync } from 'node:fs'
import { type Fields, fieldsOf, listOf } from '../template/json.ts'

const FLUSH_EVERY_MS = 50
/** About a million calls; a longer run keeps its beginning. */
const MAX_CHARACTERS = 300_000_000

export interface CallLine {
  readonly at: number
  readonly function: string
  readonly operation: string
  readonly actions: readonly (readonly [action: string, resource: string])[]
  readonly allowed: boolean
  readonly status: number
  readonly ms: number
  readonly readUnits?: number
  readonly writeUnits?: number
}

export interface CallRecord {
  add(line: CallLine): void
  flush(): void
}

export const openCallRecord = (file: string): CallRecord => {
  writeFileSync(file, '', { mode: 0o600 })
  let lines: string[] = []
  let written = 0
  const flush = () => {
    if (lines.length === 0) return
    const text = lines.join('')
    lines = []
    written += text.length
    appendFileSync(file, text)
  }
  setInterval(flush, FLUSH_EVERY_MS).unref()
  return {
    add: (line) => {
      if (written < MAX_CHARACTERS) lines.push(`${JSON.stringify(line)}\n`)
    },
    flush,
  }
}

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems'])

/** From ConsumedCapacity, which the wire asks for where the function did not. */
export const unitsOf = (operation: string, answer: Fields): Pick<CallLine, 'readUnits' | 'writeUnits'> => {
  const consumed = listOf(answer['ConsumedCapacity']).map(fieldsOf)
  if (consumed.length === 0) return {}
  const units = consumed.reduce((sum, each) => sum + Number(each['CapacityUnits'] ?? 0), 0)
  return READS.has(operation) ? { readUnits: units } : { writeUnits: units }
}
