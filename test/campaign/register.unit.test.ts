import { describe, expect, it } from 'vitest'
import { changeOwnPools } from '../../shared/campaign/change-pools.ts'
import { registerCitizen } from '../../shared/campaign/register.ts'
import { viewOwnRegistration } from '../../shared/campaign/view-registration.ts'
import { withdrawRegistration } from '../../shared/campaign/withdraw.ts'
import { type CampaignId, PoolId, RegistrationNumber } from '../../shared/campaign/words.ts'
import type { Citizen } from '../../shared/kernel/caller.ts'
import {
  arts,
  bearVouchers,
  citizen,
  draftIn,
  otherSubject,
  publishedIn,
  repeatOf,
  sports,
} from '../support/campaigns.ts'
import { type World, world } from '../support/world.ts'

const OPENS = '2026-12-01T09:00:00+08:00'
const CLOSES = '2026-12-10T18:00:00+08:00'
const OPEN = '2026-12-01T12:00:00+08:00'
const moment = (instant: string, milliseconds: number) => Date.parse(instant) + milliseconds

interface Wish {
  readonly pools?: PoolId[]
  readonly caller?: Citizen
  readonly repeat?: ReturnType<typeof repeatOf>
  readonly campaignId?: CampaignId
  readonly comesBackFrom?: number
}

const deskOf = (city: World) => {
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

const openDesk = async (changes: Parameters<typeof publishedIn>[1] = {}) => {
  const city = world(OPEN)
  await publishedIn(city, changes)
  return { city, ...deskOf(city) }
}

describe('registering', () => {
  it('gives a number to keep, and says that being early is no advantage', async () => {
    const { register } = await openDesk()
    expect(await register({ pools: [sports, arts] })).toMatchObject({
      ok: true,
      value: {
        status: 201,
        body: {
          campaignId: 'bear-vouchers',
          lane: 'odd',
          pools: ['arts', 'sports'],
          status: 'STANDING',
          registeredAt: '2026-12-01T12:00:00+08:00',
          advantageOfBeingEarly: 'NONE',
          registrationNumber: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
        },
      },
    })
  })

  it('twice gives the first answer again, whatever the second asks for', async () => {
    const { city, register } = await openDesk()
    const first = await register()
    city.at('2026-12-02T12:00:00+08:00')
    const second = await register({ pools: [sports] })
    expect(second).toEqual({ ok: true, value: { ...(first.ok && first.value), status: 200 } })
  })

  it('with the same key and another body is refused', async () => {
    const { register } = await openDesk()
    await register({ repeat: repeatOf('key', 'arts') })
    expect(await register({ repeat: repeatOf('key', 'arts') })).toMatchObject({ value: { status: 200 } })
    expect(await register({ repeat: repeatOf('key', 'sports') })).toMatchObject({
      refusal: { code: 'IDEMPOTENCY_KEY_REUSED' },
    })
  })

  it('25 times at once makes one entry and 24 replays of it', async () => {
    const { register } = await openDesk()
    const answers = await Promise.all(Array.from({ length: 25 }, () => register()))
    expect(answers.map((answer) => answer.ok && answer.value.status).sort()).toEqual([...Array(24).fill(200), 201])
    expect(new Set(answers.map((answer) => answer.ok && answer.value.body.registrationNumber)).size).toBe(1)
  })

  it.each([
    ['a millisecond before opening', moment(OPENS, -1), 'CAMPAIGN_NOT_OPEN'],
    ['at opening', moment(OPENS, 0), undefined],
    ['a millisecond before closing', moment(CLOSES, -1), undefined],
    ['at closing', moment(CLOSES, 0), 'CAMPAIGN_CLOSED'],
  ])('%s', async (_, instant, code) => {
    const { city, register } = await openDesk()
    city.at(instant)
    const answer = await register()
    expect(answer.ok ? undefined : answer.refusal.code).toBe(code)
  })

  it('waits for the turn of its lane and is told when that is', async () => {
    const { city, register } = await openDesk({
      laneWindows: {
        odd: [{ from: '2026-12-02T00:00:00+08:00', to: '2026-12-03T00:00:00+08:00' }],
        even: [{ from: '2026-12-01T09:00:00+08:00', to: '2026-12-02T00:00:00+08:00' }],
      },
    })
    expect(await register()).toEqual({
      ok: false,
      refusal: { code: 'LANE_NOT_OPEN', facts: { lane: 'odd', opensAt: '2026-12-02T00:00:00+08:00' } },
    })
    expect(await register({ caller: citizen({ lane: 'even' }) })).toMatchObject({ ok: true })
    city.at('2026-12-02T00:00:00+08:00')
    expect(await register()).toMatchObject({ ok: true })
  })

  it('names the pools that the campaign does not have', async () => {
    const { register } = await openDesk()
    const unknown = PoolId.parse('travel')
    expect(await register({ pools: [arts, unknown] })).toMatchObject({
      refusal: { code: 'POOL_UNKNOWN', facts: { unknown: ['travel'], offered: ['arts', 'sports'] } },
    })
  })

  it('knows neither campaigns that do not exist nor drafts', async () => {
    const city = world(OPEN)
    const { register } = deskOf(city)
    expect(await register()).toMatchObject({ refusal: { code: 'CAMPAIGN_UNKNOWN' } })
    await draftIn(city)
    city.at('2026-12-01T12:00:06+08:00')
    expect(await register()).toMatchObject({ refusal: { code: 'CAMPAIGN_UNKNOWN' } })
  })

  it('sees a campaign published five seconds ago', async () => {
    const city = world(OPEN)
    const { register } = deskOf(city)
    await register()
    await publishedIn(city)
    city.at(moment(OPEN, 4_999))
    expect(await register()).toMatchObject({ refusal: { code: 'CAMPAIGN_UNKNOWN' } })
    city.at(moment(OPEN, 5_000))
    expect(await register()).toMatchObject({ ok: true })
  })

  it('goes on with the settings it has when looking again fails: what is published never changes', async () => {
    const { city } = await openDesk()
    let isDown = false
    const get: World['records']['get'] = (...args) =>
      isDown ? Promise.reject(new Error('down')) : city.records.get(...args)
    const { register } = deskOf({ ...city, records: { ...city.records, get } })
    await register()
    isDown = true
    city.at(moment(OPEN, 3_600_000))
    expect(await register({ caller: citizen({ subject: otherSubject }) })).toMatchObject({ value: { status: 201 } })
  })

  it('asks again at once after a failed read of the settings', async () => {
    const city = world(OPEN)
    await publishedIn(city)
    let isDown = true
    const get: World['records']['get'] = (...args) =>
      isDown ? Promise.reject(new Error('down')) : city.records.get(...args)
    const { register } = deskOf({ ...city, records: { ...city.records, get } })
    await expect(register()).rejects.toThrow('down')
    isDown = false
    expect(await register()).toMatchObject({ ok: true })
  })
})

describe('my registration', () => {
  it('is found by my token alone, and by its number', async () => {
    const { register, view } = await openDesk()
    const made = await register()
    if (!made.ok) throw new Error(made.refusal.code)
    expect(await view()).toEqual({ ok: true, value: { status: 200, body: made.value.body } })
    expect(await view(citizen(), RegistrationNumber.parse(made.value.body.registrationNumber))).toMatchObject({
      ok: true,
    })
  })

  it("is nobody else's: another person's number is refused, whether or not somebody has it", async () => {
    const { register, view, change, withdraw } = await openDesk()
    const theirs = await register({ caller: citizen({ subject: otherSubject }) })
    if (!theirs.ok) throw new Error(theirs.refusal.code)
    const number = RegistrationNumber.parse(theirs.value.body.registrationNumber)
    const refused = { refusal: { code: 'REGISTRATION_NOT_YOURS' } }
    expect(await view(citizen(), number)).toMatchObject(refused)
    expect(await change([sports], citizen(), number)).toMatchObject(refused)
    expect(await withdraw(citizen(), number)).toMatchObject(refused)
    expect(await view(citizen({ subject: otherSubject }))).toMatchObject({
      value: { body: { status: 'STANDING', pools: ['arts'] } },
    })
  })

  it('is unknown before I register', async () => {
    const { view, change, withdraw } = await openDesk()
    const unknown = { refusal: { code: 'REGISTRATION_UNKNOWN' } }
    expect(await view()).toMatchObject(unknown)
    expect(await change([sports])).toMatchObject(unknown)
    expect(await withdraw()).toMatchObject(unknown)
  })

  it('changes its pools before closing, and keeps the time of its registration', async () => {
    const { city, register, change } = await openDesk()
    await register()
    city.at(moment(CLOSES, -1_000))
    expect(await change([sports])).toMatchObject({
      value: { body: { pools: ['sports'], registeredAt: OPEN, changedAt: '2026-12-10T17:59:59+08:00' } },
    })
    city.at(moment(CLOSES, 0))
    expect(await change([arts])).toMatchObject({ refusal: { code: 'CAMPAIGN_CLOSED' } })
  })

  it('is withdrawn once: a repeat does not move the time', async () => {
    const { city, register, withdraw } = await openDesk()
    await register()
    const first = await withdraw()
    expect(first).toMatchObject({ value: { body: { status: 'WITHDRAWN' } } })
    city.at(moment(OPEN, 60_000))
    expect(await withdraw()).toEqual(first)
  })

  it('cannot be withdrawn or changed into life after closing', async () => {
    const { city, register, withdraw } = await openDesk()
    await register()
    city.at(moment(CLOSES, 0))
    expect(await withdraw()).toMatchObject({ refusal: { code: 'CAMPAIGN_CLOSED' } })
  })

  it('once withdrawn is not changed back by a late change of pools', async () => {
    const { register, withdraw, change, view } = await openDesk()
    await register()
    await withdraw()
    expect(await change([sports])).toMatchObject({ refusal: { code: 'REGISTRATION_WITHDRAWN' } })
    expect(await view()).toMatchObject({ value: { body: { status: 'WITHDRAWN', pools: ['arts'] } } })
  })
})

describe('registering after a withdrawal', () => {
  const withdrawn = async () => {
    const desk = await openDesk()
    await desk.register({ repeat: repeatOf('first') })
    desk.city.at(moment(OPEN, 60_000))
    await desk.withdraw()
    desk.city.at(moment(OPEN, 120_000))
    return desk
  }

  it('enters again when it names the withdrawal it follows, at the time of the first entry', async () => {
    const { register } = await withdrawn()
    expect(await register({ pools: [sports], repeat: repeatOf('second'), comesBackFrom: 2 })).toMatchObject({
      value: { status: 201, body: { status: 'STANDING', pools: ['sports'], registeredAt: OPEN, revision: 3 } },
    })
  })

  it('is not done by any request from before it, however late it arrives', async () => {
    const { register, view } = await withdrawn()
    expect(await register({ repeat: repeatOf('first') })).toMatchObject({
      value: { status: 200, body: { status: 'WITHDRAWN' } },
    })
    expect(await register({ repeat: repeatOf('from-another-phone') })).toMatchObject({
      refusal: { code: 'REGISTRATION_WITHDRAWN', facts: { revision: 2 } },
    })
    expect(await register()).toMatchObject({ refusal: { code: 'REGISTRATION_WITHDRAWN' } })
    expect(await view()).toMatchObject({ value: { body: { status: 'WITHDRAWN' } } })
  })

  it('is not done twice by one wish: after the next withdrawal it is an old request too', async () => {
    const { register, withdraw, view } = await withdrawn()
    const wish = { repeat: repeatOf('second'), comesBackFrom: 2 }
    await register(wish)
    await withdraw()
    expect(await register(wish)).toMatchObject({ value: { status: 200, body: { status: 'WITHDRAWN', revision: 4 } } })
    expect(await view()).toMatchObject({ value: { body: { status: 'WITHDRAWN' } } })
  })

  it('25 times at once enters once, and the same key with another body is heard', async () => {
    const { register } = await withdrawn()
    const wish = { repeat: repeatOf('second'), comesBackFrom: 2 }
    const answers = await Promise.all(Array.from({ length: 25 }, () => register(wish)))
    expect(answers.filter((answer) => answer.ok && answer.value.status === 201)).toHaveLength(1)
    expect(answers.filter((answer) => answer.ok && answer.value.status === 200)).toHaveLength(24)
    expect(await register({ repeat: repeatOf('second', 'other'), comesBackFrom: 2 })).toMatchObject({
      refusal: { code: 'IDEMPOTENCY_KEY_REUSED' },
    })
  })

  it('does not overwrite an entry that was withdrawn once more between reading and writing', async () => {
    const desk = await withdrawn()
    const { city } = desk
    let raced = false
    const change: World['records']['change'] = async (...args) => {
      if (!raced) {
        raced = true
        await desk.register({ repeat: repeatOf('another'), comesBackFrom: 2 })
        await desk.withdraw()
      }
      return city.records.change(...args)
    }
    const slow = deskOf({ ...city, records: { ...city.records, change } })
    expect(await slow.register({ repeat: repeatOf('second'), comesBackFrom: 2 })).toMatchObject({
      refusal: { code: 'REGISTRATION_WITHDRAWN', facts: { revision: 4 } },
    })
  })
})

describe('a repeat after closing, because the answer was lost', () => {
  it('hears that the entry stands, when it is the same request', async () => {
    const { city, register } = await openDesk()
    const first = await register({ repeat: repeatOf('key') })
    city.at(moment(CLOSES, 1_000))
    expect(await register({ repeat: repeatOf('key') })).toEqual({
      ok: true,
      value: { ...(first.ok && first.value), status: 200 },
    })
  })

  it('is told that it is too late, when it is another one', async () => {
    const { city, register } = await openDesk()
    await register({ repeat: repeatOf('key') })
    city.at(moment(CLOSES, 1_000))
    const closed = { refusal: { code: 'CAMPAIGN_CLOSED' } }
    expect(await register()).toMatchObject(closed)
    expect(await register({ repeat: repeatOf('key', 'other') })).toMatchObject(closed)
    expect(await register({ repeat: repeatOf('key'), caller: citizen({ subject: otherSubject }) })).toMatchObject(
      closed,
    )
  })
})
