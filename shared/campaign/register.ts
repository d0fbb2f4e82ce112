// A citizen registers. One conditional put is the whole of it: no read, no index, no transaction;
// a repeat is answered from the failed condition.
import type { Incoming, Outcome, UseCase } from '../kernel/endpoint.ts'
import type { Instant, Ports } from '../kernel/ports.ts'
import { accept, assertNever, refuse } from '../kernel/result.ts'
import type { register } from './contract.ts'
import { currentCampaigns } from './current-campaigns.ts'
import { type Entrant, entrantOf } from './entrant.ts'
import { type RegistrationRecord, registrationsIn } from './records.ts'
import { registrationView } from './registration-view.ts'
import { decideRepeat } from './repeat.ts'
import { mayRegister } from './rules.ts'
import type { PoolId } from './words.ts'

type Needs = Pick<Ports, 'clock' | 'records' | 'vault'>
type Request = Incoming<typeof register>

export const registerCitizen = (ports: Needs): UseCase<typeof register> => {
  const campaigns = currentCampaigns(ports)
  return async (request) => {
    const known = await campaigns(request.path.campaignId)
    if (!known.ok) return known
    const { campaign, hash } = known.value
    const now = ports.clock.now()
    const pools = mayRegister(campaign, request.caller.lane, request.body.pools, now)
    if (!pools.ok) return pools
    return enter(ports, request, entrantOf(campaign.campaignId, hash, request.caller.subject), pools.value, now)
  }
}

const enter = async (
  ports: Needs,
  request: Request,
  entrant: Entrant,
  pools: PoolId[],
  now: Instant,
): Promise<Outcome<typeof register>> => {
  const entry: RegistrationRecord = {
    ...entrant,
    pools,
    status: 'STANDING',
    route: 'signed-in',
    registeredAt: now,
    ...request.repeat,
  }
  // Stops one person from entering twice: of all attempts in a campaign the first is the entry.
  const put = await ports.records.putIfAbsent(registrationsIn(request.caller.lane), entry)
  if (put.ok) return answered(request, 201, entry)
  if (put.refusal.found === undefined) throw new Error('a put was refused, yet nothing stands in its place')
  return answerRepeat(ports, request, entry, put.refusal.found)
}

const answerRepeat = (
  ports: Needs,
  request: Request,
  wish: RegistrationRecord,
  found: RegistrationRecord,
): Outcome<typeof register> | Promise<Outcome<typeof register>> => {
  const repeat = decideRepeat(found, request.repeat)
  switch (repeat.is) {
    case 'replay':
      return answered(request, 200, found)
    case 'key-reused':
      return refuse('IDEMPOTENCY_KEY_REUSED')
    case 'withdrawn':
      return refuse('REGISTRATION_WITHDRAWN')
    case 're-entry':
      return reEnter(ports, request, wish, repeat.withdrawnAt)
    default:
      return assertNever(repeat)
  }
}

/** The first `registeredAt` stays: coming back is not coming later. */
const reEnter = async (
  ports: Needs,
  request: Request,
  wish: RegistrationRecord,
  withdrawnAt: Instant,
): Promise<Outcome<typeof register>> => {
  const { bucket, entrant, pools, registeredAt } = wish
  const entered = await ports.records.change(
    registrationsIn(request.caller.lane),
    { bucket, entrant },
    { set: { pools, status: 'STANDING', changedAt: registeredAt, ...request.repeat } },
    // Stops an entry from being overwritten that stands again by now, or was withdrawn once more after this wish.
    { status: 'WITHDRAWN', changedAt: withdrawnAt },
  )
  if (entered.ok) return answered(request, 201, entered.value)
  if (entered.refusal.found === undefined) throw new Error('a registration vanished; they are never deleted')
  return answered(request, 200, entered.refusal.found)
}

const answered = (request: Request, status: 200 | 201, record: RegistrationRecord) =>
  accept({ status, body: registrationView(request.path.campaignId, request.caller.lane, record) })
