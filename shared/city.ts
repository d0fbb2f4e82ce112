// Everything the city offers, gathered from its capabilities. lib/, the OpenAPI document and the typed client read this.
import * as campaign from './campaign/campaign-contract.ts'
import * as closing from './campaign/closing-contract.ts'
import { campaigns, closings, openBooks, registrationsEven, registrationsOdd } from './campaign/records.ts'
import * as registration from './campaign/registration-contract.ts'
import { sweepOf } from './due/contract.ts'
import { dueMarks } from './due/records.ts'
import * as house from './house/contract.ts'
import type { Bucket } from './kernel/bucket.ts'
import type { Endpoint } from './kernel/endpoint.ts'
import type { Consumer, Queue } from './kernel/queue.ts'
import type { Schedule } from './kernel/schedule.ts'
import type { Table } from './kernel/table.ts'
import { citizenKeys, people } from './person/records.ts'

export interface Placed<Declaration> {
  /** The folder in shared/, functions/ and test/. */
  readonly capability: string
  readonly declared: Declaration
}

/** What answers where nothing is declared: unknown routes, wrong methods, preflights. */
export interface Fallback {
  readonly capability: string
  readonly name: string
  readonly budgetMs: number
  readonly harm: string
}

export interface City {
  readonly endpoints: readonly Placed<Endpoint>[]
  readonly consumers: readonly Placed<Consumer>[]
  readonly schedules: readonly Placed<Schedule>[]
  readonly fallback: Fallback
  readonly tables: readonly Table[]
  readonly queues: readonly Queue[]
  readonly buckets: readonly Bucket[]
}

const offered = {
  campaign: { ...campaign.endpoints, ...registration.endpoints, ...closing.endpoints },
  house: house.endpoints,
} as const

/** Every endpoint by its name; the typed client is derived from this type. */
export const endpoints = { ...offered.campaign, ...offered.house } as const

export const sweep = sweepOf([closing.laneClosings])
const placed = <Declaration>(capability: string, all: readonly Declaration[]): readonly Placed<Declaration>[] =>
  all.map((declared) => ({ capability, declared }))

export const city: City = {
  endpoints: Object.entries(offered).flatMap(([capability, declared]) => placed(capability, Object.values(declared))),
  consumers: [{ capability: 'campaign', declared: closing.countLane }],
  schedules: [{ capability: 'due', declared: sweep }],
  fallback: {
    capability: 'edge',
    name: 'anythingElse',
    budgetMs: 1_000,
    harm: 'People at a wrong address get no answer that helps them',
  },
  tables: [campaigns, registrationsOdd, registrationsEven, closings, dueMarks, people, citizenKeys],
  queues: [closing.laneClosings],
  buckets: [openBooks],
}
