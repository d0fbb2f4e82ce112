// Where a page starts and ends. DynamoDB refuses bounds that hold nothing, and a start at or beyond their end (which a
// caller who pages to the end reaches); here both are an empty page. A start before the bounds begins at the bound.
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
  const [begin, end] = range.descending ? [to, from] : [from, to]
  const direction = range.descending ? -1 : 1
  if (end !== undefined && compareBytes(after, end) * direction >= 0) return undefined
  if (begin !== undefined && compareBytes(after, begin) * direction < 0) return bounds
  return { ...bounds, after }
}
