// A counter of one open campaign: register, look, change, withdraw, as one citizen or another.
import { changeOwnPools } from '../../shared/campaign/change-pools.ts'
import { registerCitizen } from '../../shared/campaign/register.ts'
import { viewOwnRegistration } from '../../shared/campaign/view-registration.ts'
import { withdrawRegistration } from '../../shared/campaign/withdraw.ts'
import type { CampaignId, PoolId, RegistrationNumber } from '../../shared/campaign/words.ts'
import type { Citizen } from '../../shared/kernel/caller.ts'
import { arts, bearVouchers, citizen, publishedIn, type repeatOf } from './campaigns.ts'
import { type World, world } from './world.ts'

export const OPENS = '2026-12-01T09:00:00+08:00'
export const CLOSES = '2026-12-10T18:00:00+08:00'
export const OPEN = '2026-12-01T12:00:00+08:00'
export const moment = (instant: string, milliseconds: number) => Date.parse(instant) + milliseconds

interface Wish {
  readonly pools?: PoolId[]
  readonly caller?: Citizen
  readonly repeat?: ReturnType<typeof repeatOf>
  readonly campaignId?: CampaignId
  readonly comesBackFrom?: number
}

export const deskOf = (city: World) => {
  const registering = registerCitizen(city)
  const viewing = viewOwnRegistration(city)
  const changing = changeOwnPools(city)
  const withdrawing = withdrawRegistration(city)
  const own = (caller = citizen(), registrationNumber: 'mine' | RegistrationNumber = 'mine') => ({
    caller,
    path: { campaignId: bearVouchers, registrationNumber },
    query: {},
    body: undefined,
    repeat: undefined,
  })
  return {
    register: ({ pools = [arts], caller = citizen(), repeat, campaignId = bearVouchers, comesBackFrom }: Wish = {}) =>
      registering({ caller, path: { campaignId }, query: {}, body: { pools, comesBackFrom }, repeat }),
    view: (caller?: Citizen, number?: 'mine' | RegistrationNumber) => viewing(own(caller, number)),
    change: (pools: PoolId[], caller?: Citizen, number?: 'mine' | RegistrationNumber) =>
      changing({ ...own(caller, number), body: { pools } }),
    withdraw: (caller?: Citizen, number?: 'mine' | RegistrationNumber) => withdrawing(own(caller, number)),
  }
}

export const openDesk = async (changes: Parameters<typeof publishedIn>[1] = {}) => {
  const city = world(OPEN)
  await publishedIn(city, changes)
  return { city, ...deskOf(city) }
}
