// What the stage will run, read from the template once by the primary process and handed to its children as plain JSON.
import type { Fields } from './json.ts'

export interface FunctionPlan {
  readonly id: string
  readonly name: string
  readonly arn: string
  readonly path: string
  readonly directory: string
  readonly handler: string
  readonly timeoutMs: number
  readonly memoryMb: number
  readonly environment: Readonly<Record<string, string>>
  readonly reservedConcurrency?: number
  readonly role: string
  /** After an asynchronous event failed. */
  readonly maxRetries: number
  /** The queue that is told of events given up. */
  readonly missedUrl?: string
  readonly logGroup: string
}

export interface TablePlan {
  readonly id: string
  readonly name: string
  readonly arn: string
  /** The request of CreateTable. */
  readonly definition: Fields
}

export interface QueuePlan {
  readonly id: string
  readonly name: string
  readonly arn: string
  readonly url: string
  readonly attributes: Readonly<Record<string, string>>
}

export interface MappingPlan {
  readonly id: string
  readonly functionId: string
  readonly queueUrl: string
  readonly queueArn: string
  readonly batchSize: number
  readonly windowMs: number
  readonly partialReplies: boolean
  readonly maxConcurrency: number
}

export interface SchedulePlan {
  readonly id: string
  readonly path: string
  readonly functionId: string
  readonly arn: string
  readonly expression: string
  readonly source: 'aws.events' | 'aws.scheduler'
  readonly input?: string
  readonly maxRetries: number
}

export interface BucketPlan {
  readonly id: string
  readonly name: string
}

export interface KeyPlan {
  readonly id: string
  readonly arn: string
  readonly aliases: readonly string[]
  readonly kind: 'symmetric' | 'P-256'
}

export interface SecretPlan {
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly text?: string
  readonly generate?: {
    readonly length: number
    readonly template?: string
    readonly key?: string
    readonly alphabet: string
  }
}

/** Requests a second and the bucket of requests on top. */
export interface Throttle {
  readonly rate: number
  readonly burst: number
}

export interface RoutePlan {
  /** As the template writes it: `GET /v1/campaigns/{campaignId}` or `$default`. */
  readonly key: string
  readonly functionId: string
  readonly timeoutMs: number
  readonly throttle?: Throttle
}

export interface CitizenDoorPlan {
  readonly apiId: string
  readonly stage: string
  readonly routes: readonly RoutePlan[]
  readonly throttle?: Throttle
}

export interface MethodPlan {
  readonly method: string
  readonly resource: string
  readonly resourceId: string
  readonly functionId: string
  readonly keyNeeded: boolean
  readonly timeoutMs: number
}

export interface UsagePlan {
  readonly id: string
  readonly throttle?: Throttle
  readonly quota?: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' }
}

export interface ApiKeyPlan {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
  /** Made at the first start when the template leaves it open. */
  readonly value?: string
  readonly plan?: UsagePlan
}

export interface GatewayResponsePlan {
  readonly status?: number
  readonly headers: Readonly<Record<string, string>>
  readonly templates: Readonly<Record<string, string>>
}

export interface AgencyDoorPlan {
  readonly apiId: string
  readonly stage: string
  readonly methods: readonly MethodPlan[]
  readonly throttle?: Throttle
  readonly keys: readonly ApiKeyPlan[]
  readonly responses: Readonly<Record<string, GatewayResponsePlan>>
  readonly binaryTypes: readonly string[]
}

export interface BehaviourPlan {
  readonly pattern: string
  readonly to: 'citizen-door' | 'agency-door' | 'bucket'
  readonly bucket?: string
  readonly originPath: string
  /** Added to what goes to the origin. A value may hold a reference to a secret. */
  readonly headers: Readonly<Record<string, string>>
  readonly methods: readonly string[]
  /** Code of the function that sees each request first. */
  readonly viewerRequest?: string
}

export interface CdnPlan {
  readonly rootObject: string
  /** In the order in which they are tried; the last takes what is left. */
  readonly behaviours: readonly BehaviourPlan[]
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly conditions: Fields
}

export interface Plan {
  readonly region: string
  readonly account: string
  readonly functions: readonly FunctionPlan[]
  readonly tables: readonly TablePlan[]
  readonly queues: readonly QueuePlan[]
  readonly mappings: readonly MappingPlan[]
  readonly schedules: readonly SchedulePlan[]
  readonly buckets: readonly BucketPlan[]
  readonly keys: readonly KeyPlan[]
  readonly secrets: readonly SecretPlan[]
  readonly citizenDoor?: CitizenDoorPlan
  readonly agencyDoor?: AgencyDoorPlan
  readonly cdn?: CdnPlan
  /** What each function may do, by its id. */
  readonly grants: Readonly<Record<string, readonly Statement[]>>
}
