// Names and values of one request's expressions. Every name goes through a placeholder, since any attribute may be one of
// DynamoDB's 573 reserved words (`status`, `name`, `ttl`, `consumed`).
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { toAttribute } from './attribute-values.ts'

export interface Expression {
  name(attribute: string): string
  value(value: unknown): string
  /** The request's fields for what was named; DynamoDB refuses an empty map of values. */
  fields(): {
    readonly ExpressionAttributeNames: Record<string, string>
    readonly ExpressionAttributeValues?: Record<string, AttributeValue>
  }
}

export const newExpression = (): Expression => {
  const placeholders = new Map<string, string>()
  const names: Record<string, string> = {}
  const values: Record<string, AttributeValue> = {}
  let valueCount = 0
  return {
    name(attribute) {
      const known = placeholders.get(attribute)
      if (known !== undefined) return known
      const placeholder = `#${placeholders.size}`
      placeholders.set(attribute, placeholder)
      names[placeholder] = attribute
      return placeholder
    },
    value(value) {
      const placeholder = `:${valueCount++}`
      values[placeholder] = toAttribute(value)
      return placeholder
    },
    fields: () => ({
      ExpressionAttributeNames: names,
      ...(valueCount > 0 && { ExpressionAttributeValues: values }),
    }),
  }
}
