// A queue, its message, its consumer and its bounds as one typed value; lib/ makes queue, dead letters, function and alarms from it.
import type { z } from 'zod'
import type { BlobGrants } from './bucket.ts'
import type { RecordGrants } from './table.ts'
import type { VaultGrants } from './vault.ts'

/** What a function may touch, whoever calls it. */
export interface Powers {
  readonly records?: RecordGrants
  readonly sends?: readonly Queue[]
  readonly vault?: VaultGrants
  readonly blobs?: BlobGrants
}

export interface Queue<Message extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly message: Message
  /** Messages handed to the consumer at once. */
  readonly batchSize: number
  /** Deliveries before a message is set aside among the dead letters. */
  readonly maxReceives: number
}

export const queue = <Message extends z.ZodType>(declaration: Queue<Message>): Queue<Message> => declaration

export type MessageOf<Q extends Queue> = z.infer<Q['message']>

export interface Consumer<Q extends Queue = Queue> extends Powers {
  readonly kind: 'consumer'
  readonly name: string
  readonly queue: Q
  readonly budgetMs: number
  /** Who is hurt when it fails, in words for the alarm: "Citizens see no figures after closing". */
  readonly harm: string
}

export const consumer = <Q extends Queue>(declaration: Omit<Consumer<Q>, 'kind'>): Consumer<Q> => ({
  kind: 'consumer',
  ...declaration,
})
