// Makes the template's tables where they are missing. A table that stands with other keys is refused, never rebuilt:
// rebuilding would lose what it holds.
import { Sentence } from '../sentence.ts'
import { type Fields, fieldsOf, listOf } from '../template/json.ts'
import type { TablePlan } from '../template/plan.ts'
import { AwsRefusal } from './aws-json.ts'

type Call = (action: string, body: Fields) => Promise<Fields>

export const makeTables = async (call: Call, tables: readonly TablePlan[]): Promise<void> => {
  for (const table of tables) {
    const standing = await describe(call, table.name)
    if (!standing) await call('CreateTable', table.definition)
    else if (shapeOf(standing) !== shapeOf(table.definition)) {
      throw new Sentence(
        `The table ${table.name} stands in DATA_DIR with other keys or indexes than the template asks for. Move DATA_DIR away, or change the keys back.`,
      )
    }
  }
}

const describe = async (call: Call, name: string): Promise<Fields | undefined> => {
  try {
    return fieldsOf((await call('DescribeTable', { TableName: name }))['Table'])
  } catch (thrown) {
    if (thrown instanceof AwsRefusal && thrown.type === 'ResourceNotFoundException') return undefined
    throw thrown
  }
}

/** Keys, their types and indexes, in an order that does not depend on who lists them. */
const shapeOf = (table: Fields): string => {
  const types = listOf(table['AttributeDefinitions'])
    .map(fieldsOf)
    .map((attribute) => `${attribute['AttributeName']}:${attribute['AttributeType']}`)
    .sort()
  const indexes = [...listOf(table['GlobalSecondaryIndexes']), ...listOf(table['LocalSecondaryIndexes'])]
    .map(fieldsOf)
    .map((index) => `${index['IndexName']}(${keysOf(index)})${fieldsOf(index['Projection'])['ProjectionType']}`)
    .sort()
  return JSON.stringify([keysOf(table), types, indexes])
}

const keysOf = (table: Fields): string =>
  listOf(table['KeySchema'])
    .map(fieldsOf)
    .map((key) => `${key['KeyType']}=${key['AttributeName']}`)
    .sort()
    .join()
