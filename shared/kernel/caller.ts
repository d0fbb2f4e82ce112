// Who may call, and who did. Tokens are checked in the edge against the published key set.
import * as z from 'zod'

export const Lane = z.enum(['odd', 'even'])
export type Lane = z.infer<typeof Lane>

/** A: personal data beyond identity. B: identity only. C: no personal data, and so no sign-in. */
export const Tier = z.enum(['A', 'B'])
export type Tier = z.infer<typeof Tier>

/** What one relying service sees of a person; another service sees another value. */
export const PairwiseSubject = z.string().min(8).max(128).brand('PairwiseSubject')
export type PairwiseSubject = z.infer<typeof PairwiseSubject>

export const StaffId = z.string().min(1).max(128).brand('StaffId')
export type StaffId = z.infer<typeof StaffId>

export const AgencyId = z.string().min(1).max(128).brand('AgencyId')
export type AgencyId = z.infer<typeof AgencyId>

export type CallerRule =
  | { readonly who: 'anyone' }
  | { readonly who: 'citizen'; readonly tier: Tier }
  | { readonly who: 'operator' }
  | { readonly who: 'agency' }

export const anyone = () => ({ who: 'anyone' }) as const
export const citizen = <const T extends Tier>(needs: { readonly tier: T }) =>
  ({ who: 'citizen', tier: needs.tier }) as const
export const operator = () => ({ who: 'operator' }) as const
export const agency = () => ({ who: 'agency' }) as const

export interface Citizen {
  readonly who: 'citizen'
  readonly subject: PairwiseSubject
  readonly lane: Lane
  readonly tier: Tier
}
export interface Operator {
  readonly who: 'operator'
  readonly staffId: StaffId
}
export interface Agency {
  readonly who: 'agency'
  readonly agencyId: AgencyId
}
export interface Anyone {
  readonly who: 'anyone'
}
export type Caller = Anyone | Citizen | Operator | Agency

/** The service a token must be meant for (`aud`), so that one service's token opens no other. */
export const audiences = {
  citizen: 'urn:tongquan:service:voucher',
  operator: 'urn:tongquan:service:staff',
} as const

/** The claims that the edge relies on. Others may stand beside them. */
export const CitizenClaims = z.object({ sub: PairwiseSubject, lane: Lane, tier: Tier })
export const StaffClaims = z.object({ sub: StaffId, groups: z.array(z.string()) })
export const OPERATOR_GROUP = 'operator'

/** How far the issuer's clock may stand from ours. */
export const CLOCK_ALLOWANCE_SECONDS = 60
