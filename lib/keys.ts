// Keys and secrets as the data stack makes them and every other stack uses them.
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { HashingKey, SigningKey } from '../shared/kernel/vault.ts'

export interface Keys {
  /** Tables, queues, documents and secrets at rest. */
  readonly data: IKey
  readonly logs: IKey
  /** What the Vault seals with; separate, so that destroying it erases nothing else. */
  readonly seal: IKey
  readonly signing: Readonly<Record<SigningKey, IKey>>
  readonly hashing: Readonly<Record<HashingKey, Secret>>
  /** Shared by the CDN and the edge: proves that a request came through the CDN. */
  readonly origin: Secret
}

/** The origin secret's name within the stage: the CDN's stack, in another Region, knows it by that. */
export const ORIGIN_SECRET = 'origin'
