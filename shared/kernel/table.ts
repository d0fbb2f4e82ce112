// The record tables of the city as typed values. Names, keys and items stand here once:
// lib/ makes the tables from them, the adapters read and write by them, the data-model diagram is drawn from them.
import type { z } from 'zod'

export interface Table<
  Shape extends z.ZodObject = z.ZodObject,
  Partition extends string = string,
  Sort extends string = string,
> {
  /** In kebab-case; also the environment's name for it: `TABLE_REGISTRATIONS_ODD`. */
  readonly name: string
  /** One line for the data-model page. */
  readonly holds: string
  readonly partitionKey: Partition
  readonly sortKey?: Sort
  /** Every row is parsed by it when read: a bad row is found where it is read. Keys are strings. */
  readonly item: Shape
  /** Units a second kept warm where the stage's settings say so: a table that is new or was quiet grows only step by step. */
  readonly surge?: { readonly writesPerSecond: number; readonly readsPerSecond: number }
  /** The attribute (epoch seconds) after which a row may be removed. Readers check it themselves as well. */
  readonly expiry?: string
}

export const table = <
  Shape extends z.ZodObject,
  const Partition extends string & keyof z.infer<Shape>,
  const Sort extends string & keyof z.infer<Shape> = never,
>(
  declaration: Table<Shape, Partition, Sort>,
): Table<Shape, Partition, Sort> => declaration

export type ItemOf<T extends Table> = z.infer<T['item']>

export type KeyOf<T extends Table> =
  T extends Table<infer Shape, infer Partition, infer Sort>
    ? Readonly<Pick<z.infer<Shape>, (Partition | Sort) & keyof z.infer<Shape>>>
    : never

/** The verbs of Records that an endpoint, queue or schedule may use, table by table. `lib/` grants exactly these. */
export const recordVerbs = ['get', 'list', 'put', 'change', 'remove', 'check'] as const
export type RecordVerb = (typeof recordVerbs)[number]
export type RecordGrants = { readonly [Verb in RecordVerb]?: readonly Table[] }

export const environmentNameOf = (kind: 'TABLE' | 'QUEUE' | 'BUCKET', name: string): string =>
  `${kind}_${name.toUpperCase().replaceAll('-', '_')}`
