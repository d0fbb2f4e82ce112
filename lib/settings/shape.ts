// What differs between stages, as typed values. Their reasons stand beside the values.
export type StageName = 'local' | 'dev' | 'prod'

export interface UsagePlan {
  readonly ratePerSecond: number
  readonly burst: number
  readonly quotaPerDay: number
}

export interface AgencySettings {
  /** Who its keys stand for: the AgencyId that use cases see. */
  readonly id: string
  readonly name: string
  readonly plan: string
  /** Its keys by name, all standing for the same agency: two while one replaces the other. Left out: one, named by the id. */
  readonly keyNames?: readonly string[]
}

/** A custom domain and everything that hangs on it. */
export interface Addresses {
  /** The address citizens see, served by the CDN. */
  readonly domain: string
  /** The address behind the CDN. Known to few, and guarded by the origin secret. */
  readonly originDomain: string
  readonly agencyDomain: string
  /** The zone that holds all three, and where certificates are proven. */
  readonly hostedZoneId: string
  readonly zoneName: string
  /** `iss` of accepted tokens, and where its keys are published. */
  readonly issuer: string
  readonly keySetUrl: string
}

/** Where write-once copies go, beyond the reach of whoever holds the stage's account. */
export interface OffSite {
  readonly account: string
  readonly region: string
  readonly keepDays: number
  /** The stage's own account, which alone may send copies. */
  readonly copiesFrom: string
}

export interface Settings {
  readonly stage: StageName
  /** The stage's own Region. */
  readonly region: string
  /** Left out: whichever account the operator is signed in to. */
  readonly account?: string
  /** Left out on the local stage, whose address is known only when it starts. */
  readonly addresses?: Addresses
  readonly logDays: number
  /** How long a write-once document cannot be removed by anyone. */
  readonly writeOnceDays: number
  /** `governance` lets a named role tidy up a trial; `compliance` lets nobody. */
  readonly writeOnceMode: 'governance' | 'compliance'
  /** Who is woken. Left out: nobody, and no alarms are made. */
  readonly alarmEmail?: string
  readonly offSite?: OffSite
  readonly citizenApi: { readonly ratePerSecond: number; readonly burst: number }
  readonly usagePlans: Readonly<Record<string, UsagePlan>>
  readonly agencies: readonly AgencySettings[]
  /** Requests from one address in five minutes, above which the CDN's web ACL turns it away. */
  readonly requestsPerAddress: number
  /** Concurrent executions the account may hold (Service Quotas); what is reserved must leave 100. */
  readonly accountConcurrency: number
  /** `capability/name` → executions kept for, and at most given to, one function. */
  readonly reservedConcurrency: Readonly<Record<string, number>>
  /** Tables are made with the room their declaration asks for an opening. Costs money once, and can never be lowered. */
  readonly warmTables: boolean
}
