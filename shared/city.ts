// Everything the city offers, gathered from its capabilities. lib/, the OpenAPI document and the typed client read this.
import type { Bucket } from './kernel/bucket.ts'
import type { Endpoint } from './kernel/endpoint.ts'
import type { Consumer, Queue } from './kernel/queue.ts'
import type { Schedule } from './kernel/schedule.ts'
import type { Table } from './kernel/table.ts'

export interface Placed<Declaration> {
  /** The folder in shared/, functions/ and test/. */
  readonly capability: string
  readonly declared: Declaration
}

export interface City {
  readonly endpoints: readonly Placed<Endpoint>[]
  readonly consumers: readonly Placed<Consumer>[]
  readonly schedules: readonly Placed<Schedule>[]
  readonly tables: readonly Table[]
  readonly queues: readonly Queue[]
  readonly buckets: readonly Bucket[]
}

export const city: City = { endpoints: [], consumers: [], schedules: [], tables: [], queues: [], buckets: [] }
