// Where a page starts and ends. DynamoDB refuses bounds that hold nothing and a start outside of them;
// here the first is an empty page and the second moves the start, on every engine alike.
import type { Range } from '../kernel/records.ts'
import { compareBytes } from './sort-order.ts'

export interface Bounds {
  readonly from?: string
  readonly to?: string
  /** Begin behind this sort key. */
  readonly after?: string
}

/** `undefined` when nothing can be within. */
export const boundsOf = (range: Range): Bounds | undefined => {
  const { from, to, after } = range
  if (from !== undefined && to !== undefined && compareBytes(from, to) > 0) return undefined
  const bounds = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  if (after === undefined) return bounds
  const isBelow = from !== undefined && compareBytes(after, from) < 0
  const isAbove = to !== undefined && compareBytes(after, to) > 0
  if (isBelow) return range.descending ? undefined : bounds
  if (isAbove) return range.descending ? bounds : undefined
  return { ...bounds, after }
}
