// The three single writes, each of them one request with its condition. On failure the engine gives back the item as it
// stands, so nobody needs a second read to learn why.

import { isDeepStrictEqual } from 'node:util'
import type { PutItemCommandInput } from '@aws-sdk/client-dynamodb'
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { Condition } from '../kernel/condition.ts'
import type { Change, Records, Unmet } from '../kernel/records.ts'
import type { Result } from '../kernel/result.ts'
import { accept } from '../kernel/result.ts'
import type { ItemOf, KeyOf, Table } from '../kernel/table.ts'
import type { Attributes } from './attribute-values.ts'
import { copyOf, fromAttributes, toAttributes } from './attribute-values.ts'
import type { Engine } from './dynamodb-engine.ts'
import { newExpression } from './expression.ts'
import type { Attempt } from './insist.ts'
import { insist } from './insist.ts'
import { checkChange, keyOf } from './misuse.ts'
import { parseRow } from './parse-row.ts'
import { renderChange } from './render-change.ts'
import { renderUnder } from './render-condition.ts'

type Written<T extends Table> = Promise<Result<ItemOf<T>, Unmet<ItemOf<T>>>>

export const writesOn = (engine: Engine): Pick<Records, 'putIfAbsent' | 'change' | 'remove'> => ({
  putIfAbsent: (table, item) => putIfAbsent(engine, table, item),
  change: (table, key, change, under) => changeItem(engine, table, { key, under }, change),
  remove: (table, key, under) => removeItem(engine, table, { key, under }),
})

const putIfAbsent = async <T extends Table>(engine: Engine, table: T, item: ItemOf<T>): Written<T> => {
  const input: PutItemCommandInput = {
    TableName: engine.physicalName(table),
    Item: toAttributes(item),
    // Stops two from being first.
    ConditionExpression: 'attribute_not_exists(#0)',
    ExpressionAttributeNames: { '#0': table.partitionKey },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }
  return await insist(engine.patience, async ({ followsUnknown }) => {
    try {
      await engine.send(new PutItemCommand(input))
      return accept(item)
    } catch (error) {
      const found = foundIn(error)
      // An attempt of ours, of which we did not hear, was carried out.
      if (followsUnknown && found.Item && isSame(found.Item, item)) return accept(item)
      return unmet(table, found.Item)
    }
  })
}

interface Aim<T extends Table> {
  readonly key: KeyOf<T>
  readonly under: Condition<ItemOf<T>>
}

const changeItem = async <T extends Table>(
  engine: Engine,
  table: T,
  { key, under }: Aim<T>,
  change: Change<ItemOf<T>>,
): Written<T> => {
  checkChange(table, change)
  const expression = newExpression()
  const update = renderChange(change, expression)
  const input = {
    TableName: engine.physicalName(table),
    Key: toAttributes(keyOf(table, key)),
    ConditionExpression: renderUnder(table, under, expression),
    ...(update !== undefined && { UpdateExpression: update }),
    ...expression.fields(),
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const
  // Adding twice is not adding once; a change that only sets may be sent again.
  const mayRepeatUnknown = change.add === undefined && change.append === undefined
  return await insistOnItem(engine, table, mayRepeatUnknown, () => engine.send(new UpdateItemCommand(input)))
}

const removeItem = async <T extends Table>(engine: Engine, table: T, { key, under }: Aim<T>): Written<T> => {
  const expression = newExpression()
  const input = {
    TableName: engine.physicalName(table),
    Key: toAttributes(keyOf(table, key)),
    ConditionExpression: renderUnder(table, under, expression),
    ...expression.fields(),
    ReturnValues: 'ALL_OLD',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const
  return await insistOnItem(engine, table, true, () => engine.send(new DeleteItemCommand(input)))
}

const insistOnItem = <T extends Table>(
  engine: Engine,
  table: T,
  mayRepeatUnknown: boolean,
  send: () => Promise<{ readonly Attributes?: Attributes | undefined }>,
): Written<T> =>
  insist(
    engine.patience,
    async (attempt) => {
      try {
        const { Attributes: row } = await send()
        return accept(parseRow(table, fromAttributes(row ?? {})))
      } catch (error) {
        return unmetUnlessOurs(engine, table, attempt, error)
      }
    },
    { mayRepeatUnknown },
  )

/** After an attempt of which we did not hear, a failed condition may be our own doing: nobody can tell which it is. */
const unmetUnlessOurs = <T extends Table>(engine: Engine, table: T, attempt: Attempt, error: unknown) => {
  const { Item: found } = foundIn(error)
  if (attempt.followsUnknown) throw engine.patience.spent('whether it was carried out is not known', error)
  return unmet(table, found)
}

/** Any other error goes on to the retry loop. */
const foundIn = (error: unknown): ConditionalCheckFailedException => {
  if (error instanceof ConditionalCheckFailedException) return error
  throw error
}

const isSame = (found: Attributes, item: Record<string, unknown>): boolean =>
  isDeepStrictEqual(fromAttributes(found), copyOf(item))

const unmet = <T extends Table>(table: T, found: Attributes | undefined) =>
  ({ ok: false, refusal: found ? { found: parseRow(table, fromAttributes(found)) } : {} }) as const
