// Reads. DynamoDB answers with as much as it likes (1 MB of a query, what it had room for of a batch): here a read is
// whole or an error, never a short answer that looks like a small world.
import type { KeysAndAttributes, QueryCommandInput } from '@aws-sdk/client-dynamodb'
import { BatchGetItemCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import type { Page, Range, Records } from '../kernel/records.ts'
import type { ItemOf, KeyOf, Table } from '../kernel/table.ts'
import type { Attributes } from './attribute-values.ts'
import { fromAttributes, toAttributes } from './attribute-values.ts'
import type { Engine } from './dynamodb-engine.ts'
import { EngineRefused } from './engine-trouble.ts'
import { newExpression } from './expression.ts'
import { insist } from './insist.ts'
import { checkKeys, checkRange, keyOf, keyText } from './misuse.ts'
import type { Bounds } from './page-bounds.ts'
import { boundsOf } from './page-bounds.ts'
import { parseRow } from './parse-row.ts'

/** One page asks at most this often: 32 MB are more than a function should hold. The page then says where to go on. */
const MAX_QUERIES_PER_PAGE = 32

export const readsOn = (engine: Engine): Pick<Records, 'get' | 'getMany' | 'list'> => ({
  get: (table, key, how) => getItem(engine, table, key, how?.consistent ?? false),
  getMany: (table, keys, how) => getItems(engine, table, keys, how?.consistent ?? false),
  list: (table, range) => listItems(engine, table, range),
})

const getItem = async <T extends Table>(
  engine: Engine,
  table: T,
  key: KeyOf<T>,
  consistent: boolean,
): Promise<ItemOf<T> | undefined> => {
  const input = {
    TableName: engine.physicalName(table),
    Key: toAttributes(keyOf(table, key)),
    ConsistentRead: consistent,
  }
  const { Item: row } = await insist(engine.patience, () => engine.send(new GetItemCommand(input)))
  return row && parseRow(table, fromAttributes(row))
}

const getItems = async <T extends Table>(
  engine: Engine,
  table: T,
  keys: readonly KeyOf<T>[],
  consistent: boolean,
): Promise<readonly (ItemOf<T> | undefined)[]> => {
  checkKeys(table, keys)
  const wanted = keys.map((key) => keyOf(table, key))
  // DynamoDB refuses a batch that names a key twice.
  const once = [...new Map(wanted.map((key) => [keyText(table, key), toAttributes(key)])).values()]
  const found = new Map<string, ItemOf<T>>()
  const wish = { Keys: once, ConsistentRead: consistent }
  for (const row of once.length > 0 ? await batchOf(engine, engine.physicalName(table), wish) : []) {
    const plain = fromAttributes(row)
    found.set(keyText(table, plain), parseRow(table, plain))
  }
  return wanted.map((key) => found.get(keyText(table, key)))
}

const batchOf = async (
  engine: Engine,
  physicalName: string,
  wish: KeysAndAttributes,
): Promise<readonly Attributes[]> => {
  const rows: Attributes[] = []
  let left = wish.Keys ?? []
  await insist(engine.patience, async () => {
    const reply = await engine.send(
      new BatchGetItemCommand({ RequestItems: { [physicalName]: { ...wish, Keys: left } } }),
    )
    rows.push(...(reply.Responses?.[physicalName] ?? []))
    left = reply.UnprocessedKeys?.[physicalName]?.Keys ?? []
    if (left.length > 0) throw new EngineRefused('some keys were not read')
  })
  return rows
}

const listItems = async <T extends Table>(engine: Engine, table: T, range: Range): Promise<Page<ItemOf<T>>> => {
  checkRange(table, range)
  const bounds = boundsOf(range)
  if (bounds === undefined) return { items: [] }
  const rows: Attributes[] = []
  let start = startOf(table, range, bounds)
  for (let query = 1; query <= MAX_QUERIES_PER_PAGE; query++) {
    const input = queryOf(engine, table, { range, bounds, start, limit: range.limit - rows.length })
    const reply = await insist(engine.patience, () => engine.send(new QueryCommand(input)))
    rows.push(...(reply.Items ?? []))
    start = reply.LastEvaluatedKey
    if (rows.length >= range.limit || start === undefined) break
  }
  return pageOf(table, range, rows, start)
}

const startOf = (table: Table, range: Range, { after }: Bounds): Attributes | undefined =>
  after === undefined || table.sortKey === undefined
    ? undefined
    : toAttributes({ [table.partitionKey]: range.partition, [table.sortKey]: after })

/** A full page may have more behind it, whether or not this engine says so: every engine pages alike. */
const pageOf = <T extends Table>(
  table: T,
  range: Range,
  rows: readonly Attributes[],
  start: Attributes | undefined,
): Page<ItemOf<T>> => {
  const items = rows.map((row) => parseRow(table, fromAttributes(row)))
  const last = rows.length >= range.limit ? rows.at(-1) : start
  const after = table.sortKey === undefined ? undefined : last?.[table.sortKey]?.S
  return after === undefined ? { items } : { items, after }
}

interface Query {
  readonly range: Range
  readonly bounds: Bounds
  readonly start: Attributes | undefined
  readonly limit: number
}

const queryOf = (engine: Engine, table: Table, { range, bounds, start, limit }: Query): QueryCommandInput => {
  const expression = newExpression()
  const partition = `${expression.name(table.partitionKey)} = ${expression.value(range.partition)}`
  const within = table.sortKey === undefined ? [] : renderWithin(table.sortKey, bounds, expression)
  return {
    TableName: engine.physicalName(table),
    KeyConditionExpression: [partition, ...within].join(' AND '),
    ...expression.fields(),
    ScanIndexForward: !range.descending,
    ConsistentRead: range.consistent ?? false,
    Limit: limit,
    ...(start && { ExclusiveStartKey: start }),
  }
}

/** DynamoDB takes one condition on the sort key, so two bounds are one BETWEEN. */
const renderWithin = (
  sortKey: string,
  { from, to }: Bounds,
  expression: ReturnType<typeof newExpression>,
): string[] => {
  if (from === undefined && to === undefined) return []
  const name = expression.name(sortKey)
  if (from === undefined) return [`${name} <= ${expression.value(to)}`]
  if (to === undefined) return [`${name} >= ${expression.value(from)}`]
  return [`${name} BETWEEN ${expression.value(from)} AND ${expression.value(to)}`]
}
