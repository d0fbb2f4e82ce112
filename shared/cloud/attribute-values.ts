// The plain values of an item as DynamoDB writes them down, and back. Strings, numbers, booleans, null, lists and plain
// objects only: anything else is a bug of ours and is refused here, not turned into something that cannot be read again.
import type { AttributeValue } from '@aws-sdk/client-dynamodb'

export type Row = Record<string, unknown>
export type Attributes = Record<string, AttributeValue>

/** An attribute that is `undefined` is left out. */
export const toAttributes = (row: Readonly<Row>): Attributes => {
  const attributes: Attributes = {}
  for (const name of Object.keys(row)) {
    const value = row[name]
    if (value !== undefined) attributes[nameSafe(name)] = toAttribute(value)
  }
  return attributes
}

export const toAttribute = (value: unknown): AttributeValue => {
  switch (typeof value) {
    case 'string':
      return { S: value }
    case 'number':
      return { N: numeral(value) }
    case 'boolean':
      return { BOOL: value }
    case 'object':
      return toComposite(value)
    default:
      throw new TypeError(`an item cannot hold a ${typeof value}`)
  }
}

const toComposite = (value: object | null): AttributeValue => {
  if (value === null) return { NULL: true }
  if (Array.isArray(value)) return { L: value.map(toAttribute) }
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('an item holds plain values only')
  return { M: toAttributes({ ...value }) }
}

const numeral = (value: number): string => {
  if (!Number.isFinite(value)) throw new TypeError('an item cannot hold a number that is not finite')
  return String(value)
}

// Assigning to this name would set a prototype and lose the attribute.
const nameSafe = (name: string): string => {
  if (name === '__proto__') throw new TypeError('an attribute cannot be called __proto__')
  return name
}

export const fromAttributes = (attributes: Readonly<Attributes>): Row => {
  const row: Row = {}
  for (const name of Object.keys(attributes)) {
    const value = attributes[name]
    if (value !== undefined) row[nameSafe(name)] = fromAttribute(value)
  }
  return row
}

const fromAttribute = (value: AttributeValue): unknown => {
  if (value.S !== undefined) return value.S
  if (value.N !== undefined) return Number(value.N)
  if (value.BOOL !== undefined) return value.BOOL
  if (value.NULL !== undefined) return null
  if (value.L !== undefined) return value.L.map(fromAttribute)
  if (value.M !== undefined) return fromAttributes(value.M)
  throw new TypeError('an item holds a kind of value that we never write')
}

/** A deep copy as the engine would give it back: without `undefined`, and `-0` as `0`. */
export const copyOf = (row: Readonly<Row>): Row => fromAttributes(toAttributes(row))
