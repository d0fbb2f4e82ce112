// A citizen registers. One conditional put is the whole of it: no read, no index, no transaction;
// a repeat is answered from the failed condition.
import type { Incoming, Outcome, UseCase } from '../kernel/endpoint.ts'
import type { Instant, Ports } from '../kernel/ports.ts'
import { accept, assertNever, type Refusal, refuse } from '../kernel/result.ts'
import { currentCampaigns } from './current-campaigns.ts'
import { type Entrant, entrantOf } from './entrant.ts'
import { type RegistrationRecord, registrationsIn } from './records.ts'
import type { register } from './registration-contract.ts'
import { registrationView } from './registration-view.ts'
import { decideRepeat } from './repeat.ts'
import { mayRegister } from './rules.ts'
import type { PoolId } from './words.ts'

type Needs = Pick<Ports, 'clock' | 'records' | 'vault'>
type Request = Incoming<typeof register>
type Registered = Outcome<typeof register>
type TooLate = Refusal<'CAMPAIGN_NOT_OPEN' | 'CAMPAIGN_CLOSED' | 'LANE_NOT_OPEN' | 'POOL_UNKNOWN'>

export const registerCitizen = (ports: Needs): UseCase<typeof register> => {
  const campaigns = currentCampaigns(ports)
  return async (request) => {
    const known = await campaigns(request.path.campaignId)
    if (!known.ok) return known
    const { campaign, hash } = known.value
    const now = ports.clock.now()
    const entrant = entrantOf(campaign.campaignId, hash, request.caller.subject)
    const pools = mayRegister(campaign, request.caller.lane, request.body.pools, now)
    return pools.ok
      ? enter(ports, request, entrant, pools.value, now)
      : answerLate(ports, request, entrant, pools.refusal)
  }
}

const enter = async (
  ports: Needs,
  request: Request,
  entrant: Entrant,
  pools: PoolId[],
  now: Instant,
): Promise<Registered> => {
  const entry: RegistrationRecord = {
    ...entrant,
    pools,
    status: 'STANDING',
    revision: 1,
    route: 'signed-in',
    registeredAt: now,
    ...request.repeat,
  }
  // Stops one person from entering twice: of all attempts in a campaign the first is the entry.
  const put = await ports.records.putIfAbsent(registrationsIn(request.caller.lane), entry)
  if (put.ok) return answered(request, 201, entry)
  if (put.refusal.found === undefined) throw new Error('a put was refused, yet nothing stands in its place')
  const repeat = decideRepeat(put.refusal.found, request.repeat, request.body.comesBackFrom)
  return repeat === 're-entry'
    ? reEnter(ports, request, entry, put.refusal.found)
    : answerRepeat(request, repeat, put.refusal.found)
}

const answerRepeat = (
  request: Request,
  repeat: 'replay' | 'key-reused' | 'withdrawn',
  found: RegistrationRecord,
): Registered => {
  switch (repeat) {
    case 'replay':
      return answered(request, 200, found)
    case 'key-reused':
      return refuse('IDEMPOTENCY_KEY_REUSED')
    case 'withdrawn':
      return refuse('REGISTRATION_WITHDRAWN', { revision: found.revision })
    default:
      return assertNever(repeat)
  }
}

/** The first `registeredAt` stays: coming back is not coming later. */
const reEnter = async (
  ports: Needs,
  request: Request,
  wish: RegistrationRecord,
  withdrawn: RegistrationRecord,
): Promise<Registered> => {
  const { bucket, entrant, pools, registeredAt } = wish
  const entered = await ports.records.change(
    registrationsIn(request.caller.lane),
    { bucket, entrant },
    { set: { pools, status: 'STANDING', changedAt: registeredAt, ...request.repeat }, add: { revision: 1 } },
    // Stops an entry from being overwritten that stands again by now, or was withdrawn once more after this wish.
    { status: 'WITHDRAWN', revision: withdrawn.revision },
  )
  if (entered.ok) return answered(request, 201, entered.value)
  const { found } = entered.refusal
  if (found === undefined) throw new Error('a registration vanished; they are never deleted')
  const repeat = decideRepeat(found, request.repeat, undefined)
  return answerRepeat(request, repeat === 're-entry' ? 'withdrawn' : repeat, found)
}

/**
 * Who repeats a request after closing, because its answer was lost, hears that the entry stands. Only the same key
 * tells such a repeat from a late wish, and only it is worth a read.
 */
const answerLate = async (ports: Needs, request: Request, entrant: Entrant, refusal: TooLate): Promise<Registered> => {
  if (request.repeat === undefined) return { ok: false, refusal }
  const found = await ports.records.get(registrationsIn(request.caller.lane), entrant, { consistent: true })
  const isRepeat = found?.keyHash === request.repeat.keyHash && found.bodyHash === request.repeat.bodyHash
  return found && isRepeat ? answered(request, 200, found) : { ok: false, refusal }
}

const answered = (request: Request, status: 200 | 201, record: RegistrationRecord) =>
  accept({ status, body: registrationView(request.path.campaignId, request.caller.lane, record) })
