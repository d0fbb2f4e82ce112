import { describe, expect, it } from 'vitest'
import { laneClosings } from '../../shared/campaign/closing-contract.ts'
import { countClosedLane } from '../../shared/campaign/count-lane.ts'
import { bucketName, registrationsIn } from '../../shared/campaign/records.ts'
import { registerCitizen } from '../../shared/campaign/register.ts'
import { viewLaneCounts } from '../../shared/campaign/view-closing.ts'
import { withdrawRegistration } from '../../shared/campaign/withdraw.ts'
import { Pool, PoolId } from '../../shared/campaign/words.ts'
import { sweepOf } from '../../shared/due/contract.ts'
import { sweepDue } from '../../shared/due/sweep.ts'
import { AgencyId, PairwiseSubject } from '../../shared/kernel/caller.ts'
import { arts, bearVouchers, citizen, publishedIn, sports, words } from '../support/campaigns.ts'
import { type World, world } from '../support/world.ts'

const CLOSES = Date.parse('2026-12-10T18:00:00+08:00')
const sweep = (city: World) => sweepDue(sweepOf([laneClosings]))(city)()
const person = (number: number) =>
  citizen({
    subject: PairwiseSubject.parse(`pairwise-${number}`.padEnd(12, '.')),
    lane: number % 2 === 1 ? 'odd' : 'even',
  })

const closed = async () => {
  const city = world()
  await publishedIn(city)
  const register = registerCitizen(city)
  for (let number = 0; number < 30; number += 1) {
    await register({
      caller: person(number),
      path: { campaignId: bearVouchers },
      query: {},
      body: { pools: number % 3 === 0 ? [arts, sports] : [arts] },
      repeat: undefined,
    })
  }
  await withdrawRegistration(city)({
    caller: person(1),
    path: { campaignId: bearVouchers, registrationNumber: 'mine' },
    query: {},
    body: undefined,
    repeat: undefined,
  })
  city.at(CLOSES + 120_000)
  return city
}
const deliver = async (city: World) => {
  for (const { message } of city.sent.splice(0)) await countClosedLane(city)(laneClosings.message.parse(message))
}
const view = (city: World) =>
  viewLaneCounts(city)({
    caller: { who: 'agency', agencyId: AgencyId.parse('agency-1') },
    path: { campaignId: bearVouchers },
    query: undefined,
    body: undefined,
    repeat: undefined,
  })

describe('the count at closing', () => {
  it('is exact, by lane and pool, and published as a signed document', async () => {
    const city = await closed()
    await sweep(city)
    await deliver(city)
    expect(await view(city)).toMatchObject({
      value: {
        body: {
          odd: { standing: 14, withdrawn: 1, byPool: { arts: 14, sports: 5 } },
          even: { standing: 15, withdrawn: 0, byPool: { arts: 15, sports: 5 } },
        },
      },
    })
    const document = city.documents.get('open-books/campaigns/bear-vouchers/closing-odd.json')
    expect(JSON.parse(document?.body ?? '{}')).toMatchObject({ statement: expect.stringContaining('"standing":14') })
  })

  it('is not begun before every put of a registration has ended', async () => {
    const city = await closed()
    city.at(CLOSES + 60_000)
    await sweep(city)
    expect(city.sent).toEqual([])
  })

  it('is not shown while one lane is missing', async () => {
    const city = await closed()
    await sweep(city)
    city.sent.splice(1)
    await deliver(city)
    expect(await view(city)).toMatchObject({ refusal: { code: 'CLOSING_NOT_READY' } })
  })

  it('happens although the whole queue was lost', async () => {
    const city = await closed()
    await sweep(city)
    city.sent.splice(0)
    city.at(CLOSES + 600_000)
    await sweep(city)
    await deliver(city)
    expect(await view(city)).toMatchObject({ ok: true })
  })

  it('is sent once by two sweeps at once, and never again after it was done', async () => {
    const city = await closed()
    await Promise.all([sweep(city), sweep(city)])
    expect(city.sent).toHaveLength(2)
    await deliver(city)
    city.at(CLOSES + 86_400_000)
    await sweep(city)
    expect(city.sent).toEqual([])
  })

  it('stands as first counted, however often it is delivered and wherever it broke off', async () => {
    const city = await closed()
    await sweep(city)
    const messages = [...city.sent]
    const broken = { ...city, blobs: { ...city.blobs, putOnce: () => Promise.reject(new Error('cut off')) } }
    for (const { message } of messages) {
      await expect(countClosedLane(broken)(laneClosings.message.parse(message))).rejects.toThrow('cut off')
    }
    await deliver(city)
    const first = new Map(city.documents)
    city.sent.push(...messages)
    await deliver(city)
    expect(city.documents).toEqual(first)
  })

  it('counts a pool whatever its name', async () => {
    const city = world()
    const oddName = PoolId.parse('constructor')
    await publishedIn(city, { pools: [{ ...words().pools[0], poolId: oddName }].map((pool) => Pool.parse(pool)) })
    for (const number of [1, 3, 5]) {
      const request = {
        path: { campaignId: bearVouchers },
        query: {},
        body: { pools: [oddName] },
        repeat: undefined,
      }
      await registerCitizen(city)({ caller: person(number), ...request })
    }
    city.at(CLOSES + 120_000)
    await sweep(city)
    await deliver(city)
    expect(await view(city)).toMatchObject({ value: { body: { odd: { byPool: { constructor: 3 } } } } })
  })

  it('reads every page of every bucket, and reads strongly', async () => {
    const city = await closed()
    const entries = Array.from({ length: 2_500 }, (_, place) => ({
      bucket: bucketName(bearVouchers, 0),
      entrant: String(place).padStart(43, '0'),
      pools: [arts],
      status: 'STANDING' as const,
      revision: 1,
      route: 'signed-in' as const,
      registeredAt: 0,
    }))
    for (const entry of entries) await city.records.putIfAbsent(registrationsIn('odd'), entry)
    /** As an engine that lags would: nothing, unless it is asked strongly. */
    const list: World['records']['list'] = (table, range) =>
      table.name.startsWith('registrations') && !range.consistent
        ? Promise.resolve({ items: [] })
        : city.records.list(table, range)
    const lagging = { ...city, records: { ...city.records, list } }
    await sweep(city)
    await deliver(lagging)
    expect(await view(city)).toMatchObject({ value: { body: { odd: { standing: 2_514 } } } })
  })
})
