import { describe, expect, it } from 'vitest'
import { PoolId, RegistrationNumber } from '../../shared/campaign/words.ts'
import { arts, citizen, draftIn, otherSubject, publishedIn, repeatOf, sports } from '../support/campaigns.ts'
import { CLOSES, deskOf, moment, OPEN, OPENS, openDesk } from '../support/desk.ts'
import { type World, world } from '../support/world.ts'

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
