// Transactions. One token per series of attempts: DynamoDB carries out a transaction with a token once, so an attempt of
// which we did not hear is safely sent again (for ten minutes; what must hold longer is in the data).
import type { CancellationReason, TransactWriteItem } from '@aws-sdk/client-dynamodb'
import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import type { Records, Step, UnmetStep } from '../kernel/records.ts'
import type { Result } from '../kernel/result.ts'
import { accept } from '../kernel/result.ts'
import { fromAttributes, toAttributes } from './attribute-values.ts'
import type { Engine } from './dynamodb-engine.ts'
import { newExpression } from './expression.ts'
import { insist } from './insist.ts'
import { checkSteps, keyOf } from './misuse.ts'
import { parseRow } from './parse-row.ts'
import { renderChange } from './render-change.ts'
import { renderUnder } from './render-condition.ts'

/** DynamoDB takes at most 36 characters. */
const TOKEN_BYTES = 16

export const togetherOn = (engine: Engine): Pick<Records, 'together'> => ({
  async together(steps) {
    checkSteps(steps)
    if (steps.length === 0) return accept(undefined)
    const input = {
      TransactItems: steps.map((step) => writeOf(engine, step)),
      ClientRequestToken: engine.patience.random.bytes(TOKEN_BYTES).toString('hex'),
    }
    return await insist(engine.patience, async () => {
      try {
        await engine.send(new TransactWriteItemsCommand(input))
        return accept(undefined)
      } catch (error) {
        return unmetStep(steps, error)
      }
    })
  },
})

const writeOf = (engine: Engine, step: Step): TransactWriteItem => {
  const shared = { TableName: engine.physicalName(step.table), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const
  if (step.step === 'put') {
    const absent = {
      ConditionExpression: 'attribute_not_exists(#0)',
      ExpressionAttributeNames: { '#0': step.table.partitionKey },
    }
    return { Put: { ...shared, ...absent, Item: toAttributes(step.item) } }
  }
  const expression = newExpression()
  const update = step.step === 'change' ? renderChange(step.change, expression) : undefined
  const aimed = {
    ...shared,
    Key: toAttributes(keyOf(step.table, step.key)),
    ConditionExpression: renderUnder(step.table, step.under, expression),
    ...expression.fields(),
  }
  if (step.step === 'remove') return { Delete: aimed }
  // A change of nothing is still its condition; DynamoDB takes no update without an expression here.
  return update === undefined ? { ConditionCheck: aimed } : { Update: { ...aimed, UpdateExpression: update } }
}

/** A failed condition is an answer. A conflict with another transaction, or too little room, goes on to the retry loop. */
const unmetStep = (steps: readonly Step[], error: unknown): Result<void, UnmetStep> => {
  if (!(error instanceof TransactionCanceledException)) throw error
  const reasons: readonly CancellationReason[] = error.CancellationReasons ?? []
  const index = reasons.findIndex((reason) => reason.Code === 'ConditionalCheckFailed')
  const step = steps[index]
  if (step === undefined) throw error
  const found = reasons[index]?.Item
  return { ok: false, refusal: found ? { index, found: parseRow(step.table, fromAttributes(found)) } : { index } }
}
