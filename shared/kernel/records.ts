// The port to everything the city remembers. Small on purpose: a use case says what must be true, never how it is asked.
import type { Condition } from './condition.ts'
import type { Result } from './result.ts'
import type { ItemOf, KeyOf, Table } from './table.ts'

/** The change did not happen. `found` is the item as it stands; without it there is no such item. */
export interface Unmet<Item> {
  readonly found?: Item
}

export interface Change<Item> {
  readonly set?: Partial<Item>
  /** Adds to numbers; a missing number counts as zero. */
  readonly add?: { readonly [Attribute in keyof Item]?: number }
  /** Appends to lists; a missing list counts as empty. */
  readonly append?: { readonly [Attribute in keyof Item]?: readonly unknown[] }
  readonly clear?: readonly (keyof Item & string)[]
}

/** One partition, in the order of the sort key. Bounds are inclusive. */
export interface Range {
  readonly partition: string
  readonly from?: string
  readonly to?: string
  readonly descending?: boolean
  readonly consistent?: boolean
  /** At most this many items on the page. */
  readonly limit: number
  /** The sort key of the last item of the page before. */
  readonly after?: string
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Present when there may be more. */
  readonly after?: string
}

export type Step =
  | { readonly step: 'put'; readonly table: Table; readonly item: Record<string, unknown> }
  | {
      readonly step: 'change'
      readonly table: Table
      readonly key: Record<string, unknown>
      readonly change: Change<Record<string, unknown>>
      readonly under: Condition
    }
  | {
      readonly step: 'remove' | 'check'
      readonly table: Table
      readonly key: Record<string, unknown>
      readonly under: Condition
    }

/** The first step, in their order, whose condition did not hold; nothing was written. */
export interface UnmetStep {
  readonly index: number
  readonly found?: Record<string, unknown>
}

export interface Records {
  get<T extends Table>(table: T, key: KeyOf<T>, how?: { readonly consistent?: boolean }): Promise<ItemOf<T> | undefined>
  /** In the order of the keys; `undefined` where there is no item. At most MAX_KEYS_AT_ONCE keys. */
  getMany<T extends Table>(
    table: T,
    keys: readonly KeyOf<T>[],
    how?: { readonly consistent?: boolean },
  ): Promise<readonly (ItemOf<T> | undefined)[]>
  list<T extends Table>(table: T, range: Range): Promise<Page<ItemOf<T>>>
  /** Stops two from being first: of many with one key, one wins and the others are given what it wrote. */
  putIfAbsent<T extends Table>(table: T, item: ItemOf<T>): Promise<Result<ItemOf<T>, Unmet<ItemOf<T>>>>
  /** Never creates. Answers with the item as changed. */
  change<T extends Table>(
    table: T,
    key: KeyOf<T>,
    change: Change<ItemOf<T>>,
    under: Condition<ItemOf<T>>,
  ): Promise<Result<ItemOf<T>, Unmet<ItemOf<T>>>>
  /** Answers with the item removed. Removing what is not there is unmet, without `found`. */
  remove<T extends Table>(
    table: T,
    key: KeyOf<T>,
    under: Condition<ItemOf<T>>,
  ): Promise<Result<ItemOf<T>, Unmet<ItemOf<T>>>>
  /** All or nothing, at most MAX_STEPS, one step an item. `put` means put if absent; the others need the item to be there. */
  together(steps: readonly Step[]): Promise<Result<void, UnmetStep>>
}

/** DynamoDB's own bounds: 100 keys in a batch read, 100 items in a transaction. */
export const MAX_KEYS_AT_ONCE = 100
export const MAX_STEPS = 100

export const putting = <T extends Table>(table: T, item: ItemOf<T>): Step => ({ step: 'put', table, item })
export const changing = <T extends Table>(
  table: T,
  key: KeyOf<T>,
  change: Change<ItemOf<T>>,
  under: Condition<ItemOf<T>>,
): Step => ({ step: 'change', table, key, change, under })
export const removing = <T extends Table>(table: T, key: KeyOf<T>, under: Condition<ItemOf<T>>): Step => ({
  step: 'remove',
  table,
  key,
  under,
})
export const checking = <T extends Table>(table: T, key: KeyOf<T>, under: Condition<ItemOf<T>>): Step => ({
  step: 'check',
  table,
  key,
  under,
})
