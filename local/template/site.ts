// A resource of the template in its surroundings: what the readers of properties and addresses work on.
import type { Resource } from './assembly.ts'
import type { Fields } from './json.ts'

export interface Setting {
  readonly region: string
  readonly account: string
  /** Where the doors are found: `http://localhost:4700`. */
  readonly origin: string
  readonly queueEndpoint: string
  readonly parameters: Readonly<Record<string, string>>
}

export interface Site {
  readonly resource: Resource
  /** Properties with all intrinsics resolved. */
  properties(): Fields
  /** One of them, without looking at the others. */
  property(name: string): unknown
  /** The name by which the rest of the plan knows it: the logical id, with its stack where two stacks share one. */
  readonly name: string
}
