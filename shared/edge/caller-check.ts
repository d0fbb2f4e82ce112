// Who is calling, by the endpoint's rule. A token is checked from its signature alone:
// algorithm, type, issuer, audience and times with a minute's allowance; then the claims that the rule needs.
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import {
  AgencyId,
  audiences,
  type Caller,
  type CallerRule,
  CitizenClaims,
  CLOCK_ALLOWANCE_SECONDS,
  OPERATOR_GROUP,
  StaffClaims,
} from '../kernel/caller.ts'
import type { Clock } from '../kernel/ports.ts'
import type { ProblemCode } from '../kernel/problems.ts'
import { accept, type Refusal, type Result, refuse } from '../kernel/result.ts'
import type { Arrival } from './incoming.ts'
import type { KeySet } from './key-set.ts'
import { type Step, stop } from './passage.ts'

export interface TokenRules {
  readonly issuer: string
  readonly keySet: KeySet
  readonly clock: Clock
}

export type AgencyKeys = ReadonlyMap<string, string>

/** How callers are known at this door: by token, by key, or not at all. */
export interface CallerSources {
  readonly rules: TokenRules | undefined
  readonly agencyKeys: AgencyKeys
}

const ACCEPTED_ALGORITHMS = ['RS256', 'ES256']
/** Ours are under 1 KB; a longer one is not worth a hash. */
const MAX_TOKEN_LENGTH = 4_096

type Known = Result<Caller, Refusal>

const tokenIn = (arrival: Arrival): string | undefined =>
  /^Bearer +(\S+)$/i.exec(arrival.headers.authorization ?? '')?.[1]

const problemOf = (failure: unknown): ProblemCode => {
  if (failure instanceof errors.JWTExpired) return 'TOKEN_EXPIRED'
  if (failure instanceof errors.JWTClaimValidationFailed && failure.claim === 'aud') return 'TOKEN_FOR_ANOTHER_SERVICE'
  if (failure instanceof errors.JOSEError) return 'TOKEN_INVALID'
  throw failure
}

const verify = async (token: string, audience: string, rules: TokenRules): Promise<JWTPayload> => {
  const check = (keys: JWTVerifyGetKey) =>
    jwtVerify(token, keys, {
      issuer: rules.issuer,
      audience,
      typ: 'at+jwt',
      algorithms: ACCEPTED_ALGORITHMS,
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: CLOCK_ALLOWANCE_SECONDS,
      currentDate: new Date(rules.clock.now()),
    })
  try {
    return (await check(await rules.keySet.current())).payload
  } catch (failure) {
    if (!(failure instanceof errors.JWKSNoMatchingKey)) throw failure
    return (await check(await rules.keySet.renewed())).payload
  }
}

const signedIn = async (
  arrival: Arrival,
  audience: string,
  rules: TokenRules | undefined,
  callerOf: (claims: JWTPayload) => Known,
): Promise<Known> => {
  if (rules === undefined) throw new Error('a door for people who sign in was made without the key set')
  const token = tokenIn(arrival)
  if (token === undefined) return refuse('TOKEN_MISSING')
  if (token.length > MAX_TOKEN_LENGTH) return refuse('TOKEN_INVALID')
  try {
    return callerOf(await verify(token, audience, rules))
  } catch (failure) {
    return refuse(problemOf(failure))
  }
}

const citizenOf =
  (needed: 'A' | 'B') =>
  (claims: JWTPayload): Known => {
    const read = CitizenClaims.safeParse(claims)
    if (!read.success) return refuse('TOKEN_INVALID')
    const { sub, lane, tier } = read.data
    return needed === 'A' && tier !== 'A'
      ? refuse('TIER_TOO_LOW')
      : accept({ who: 'citizen', subject: sub, lane, tier })
  }

const operatorOf = (claims: JWTPayload): Known => {
  const read = StaffClaims.safeParse(claims)
  if (!read.success) return refuse('TOKEN_INVALID')
  const { sub, groups } = read.data
  return groups.includes(OPERATOR_GROUP) ? accept({ who: 'operator', staffId: sub }) : refuse('CALLER_NOT_ALLOWED')
}

/** `<key id>=<agency id>,…`: the gateway names the key it recognised, and keys are replaced; agencies stay. */
export const agencyKeysFrom = (text: string): AgencyKeys =>
  new Map(text.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))

const agencyOf = (arrival: Arrival, agencyKeys: AgencyKeys): Known => {
  const read = AgencyId.safeParse(agencyKeys.get(arrival.apiKeyId ?? ''))
  return read.success ? accept({ who: 'agency', agencyId: read.data }) : refuse('API_KEY_REFUSED')
}

const callerOf = (rule: CallerRule, arrival: Arrival, { rules, agencyKeys }: CallerSources): Promise<Known> | Known => {
  switch (rule.who) {
    case 'anyone':
      return accept({ who: 'anyone' })
    case 'citizen':
      return signedIn(arrival, audiences.citizen, rules, citizenOf(rule.tier))
    case 'operator':
      return signedIn(arrival, audiences.operator, rules, operatorOf)
    case 'agency':
      return agencyOf(arrival, agencyKeys)
  }
}

export const checkCaller =
  (rule: CallerRule, sources: CallerSources): Step =>
  async ({ event }) => {
    const known = await callerOf(rule, event.arrival, sources)
    if (!known.ok) return stop(event, known.refusal.code)
    event.caller = known.value
    return undefined
  }
