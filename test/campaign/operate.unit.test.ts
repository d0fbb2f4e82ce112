import { describe, expect, it } from 'vitest'
import { beaconRoundAt } from '../../shared/campaign/beacon-round.ts'
import { createDraft } from '../../shared/campaign/create-campaign.ts'
import { listShelf } from '../../shared/campaign/list-all-campaigns.ts'
import { listPublished } from '../../shared/campaign/list-campaigns.ts'
import { listOwnRegistrations } from '../../shared/campaign/list-my-registrations.ts'
import { NewCampaign } from '../../shared/campaign/plan-words.ts'
import { publishDraft } from '../../shared/campaign/publish-campaign.ts'
import { registerCitizen } from '../../shared/campaign/register.ts'
import { reviseDraft } from '../../shared/campaign/revise-campaign.ts'
import { viewPublished } from '../../shared/campaign/view-campaign.ts'
import { CampaignId } from '../../shared/campaign/words.ts'
import {
  arts,
  bearVouchers,
  citizen,
  draftIn,
  operator,
  publishedIn,
  repeatOf,
  sports,
  words,
} from '../support/campaigns.ts'
import { type World, world } from '../support/world.ts'

const asking = { caller: operator, query: {}, repeat: undefined } as const
const create = (city: World, repeat = repeatOf('create'), body = words()) =>
  createDraft(city)({ caller: operator, path: {}, query: {}, body, repeat })
const publish = (city: World, campaignId = bearVouchers) =>
  publishDraft(city)({ ...asking, path: { campaignId }, body: undefined })
const revise = (city: World, revision: number, changes = {}) => {
  const { campaignId, ...plan } = words(changes)
  return reviseDraft(city)({ ...asking, path: { campaignId }, body: { ...plan, revision } })
}

const lateWindow = { from: '2027-01-01T00:00:00+08:00', to: '2027-01-02T00:00:00+08:00' }
const earlyWindow = { from: '2026-12-01T08:00:00+08:00', to: '2026-12-02T00:00:00+08:00' }

describe('a campaign', () => {
  it('is created once: the same request again is a replay, the same key with another body is not', async () => {
    const city = world()
    expect(await create(city)).toMatchObject({ value: { status: 201, body: { status: 'DRAFT', revision: 1 } } })
    expect(await create(city)).toMatchObject({ value: { status: 200 } })
    expect(await create(city, repeatOf('create', 'other'))).toMatchObject({
      refusal: { code: 'IDEMPOTENCY_KEY_REUSED' },
    })
    expect(await create(city, repeatOf('another-operator'))).toMatchObject({ refusal: { code: 'CAMPAIGN_EXISTS' } })
  })

  it('is seen by operators as a draft and by nobody else', async () => {
    const city = world()
    await draftIn(city)
    const anyone = {
      caller: { who: 'anyone' },
      path: undefined,
      query: undefined,
      body: undefined,
      repeat: undefined,
    } as const
    expect(await listPublished(city)(anyone)).toMatchObject({ value: { body: { campaigns: [] } } })
    expect(await viewPublished(city)({ ...anyone, path: { campaignId: bearVouchers } })).toMatchObject({
      refusal: { code: 'CAMPAIGN_UNKNOWN' },
    })
    expect(await listShelf(city)({ ...asking, path: undefined, query: undefined, body: undefined })).toMatchObject({
      value: { body: { campaigns: [{ campaignId: 'bear-vouchers', status: 'DRAFT' }] } },
    })
  })

  it('is revised as a draft by whoever has seen its last revision', async () => {
    const city = world()
    await draftIn(city)
    expect(await revise(city, 1, { maxWinsPerPerson: 2 })).toMatchObject({
      value: { body: { revision: 2, maxWinsPerPerson: 2 } },
    })
    expect(await revise(city, 1)).toMatchObject({ refusal: { code: 'CAMPAIGN_CHANGED', facts: { revision: 2 } } })
    await publish(city)
    expect(await revise(city, 2)).toMatchObject({ refusal: { code: 'CAMPAIGN_ALREADY_PUBLISHED' } })
  })

  it('loses its lane windows when they are left out of a revision', async () => {
    const city = world()
    const window = [{ from: '2026-12-02T00:00:00+08:00', to: '2026-12-03T00:00:00+08:00' }]
    await draftIn(city, { laneWindows: { odd: window, even: window } })
    const revised = await revise(city, 1)
    expect(revised.ok && 'laneWindows' in revised.value.body).toBe(false)
  })

  it('is published once, whoever else tries, and keeps its key and its beacon round', async () => {
    const city = world()
    await draftIn(city)
    const answers = await Promise.all(Array.from({ length: 25 }, () => publish(city)))
    expect(answers.filter((answer) => answer.ok && answer.value.status === 201)).toHaveLength(1)
    expect(new Set(answers.map((answer) => answer.ok && answer.value.body.beacon?.round)).size).toBe(1)
    expect(await publish(city, CampaignId.parse('unknown'))).toMatchObject({ refusal: { code: 'CAMPAIGN_UNKNOWN' } })
  })

  it('is not published after its closing', async () => {
    const city = world('2026-12-10T18:00:00+08:00')
    await draftIn(city)
    expect(await publish(city)).toMatchObject({ refusal: { code: 'CAMPAIGN_TIMES_PAST' } })
  })

  it('is not published as it was before a revision that happened meanwhile', async () => {
    const city = world()
    await draftIn(city)
    const newSealedKey: World['vault']['newSealedKey'] = async (purpose) => {
      await revise(city, 1, { maxWinsPerPerson: 2 })
      return city.vault.newSealedKey(purpose)
    }
    expect(await publish({ ...city, vault: { ...city.vault, newSealedKey } })).toMatchObject({
      refusal: { code: 'CAMPAIGN_CHANGED' },
    })
  })

  it('shows everyone its phase as the clock goes', async () => {
    const city = world('2026-11-30T12:00:00+08:00')
    await publishedIn(city)
    const phase = async () => {
      const seen = await viewPublished(city)({
        caller: { who: 'anyone' },
        path: { campaignId: bearVouchers },
        query: undefined,
        body: undefined,
        repeat: undefined,
      })
      return seen.ok && seen.value.body.phase
    }
    expect(await phase()).toBe('COMING')
    city.at('2026-12-01T09:00:00+08:00')
    expect(await phase()).toBe('OPEN')
    city.at('2026-12-10T18:00:00+08:00')
    expect(await phase()).toBe('CLOSED')
  })

  it.each([
    ['closes before it opens', { closesAt: '2026-12-01T08:00:00+08:00' }],
    ['draws before it closes', { drawsAt: '2026-12-10T17:00:00+08:00' }],
    ['draws less than ten minutes after it closes', { drawsAt: '2026-12-10T18:09:59+08:00' }],
    ['has a lane window after its closing', { laneWindows: { odd: [lateWindow], even: [lateWindow] } }],
    ['has a lane window before its opening', { laneWindows: { odd: [earlyWindow], even: [earlyWindow] } }],
    ['draws in the year 9999', { drawsAt: '9999-12-31T23:59:59Z' }],
    ['opens before there were calendars', { opensAt: '0000-01-01T00:00:00+14:00' }],
    ['has no pool', { pools: [] }],
    ['has a pool twice', { pools: [words().pools[0], words().pools[0]] }],
    [
      'has a lane window that ends before it begins',
      { laneWindows: { odd: [{ from: '2026-12-02T00:00:00Z', to: '2026-12-01T00:00:00Z' }], even: [] } },
    ],
    ['has a time that is none', { opensAt: '2026-13-41T09:00:00+08:00' }],
    ['has a time without an offset', { opensAt: '2026-12-01T09:00:00' }],
    ['gives away half dollars', { pools: [{ ...words().pools[0], faceValueTwd: 0.5 }] }],
    ['has a name in one language only', { name: { zh: '券', en: ' ' } }],
  ])('is not taken when it %s', (_, changes) => {
    expect(NewCampaign.safeParse({ ...words(), ...changes }).success).toBe(false)
  })
})

describe('my registrations', () => {
  it('are listed over all campaigns, in each under a name of its own', async () => {
    const city = world()
    await publishedIn(city)
    const second = await publishedIn(city, { campaignId: CampaignId.parse('spring-vouchers') })
    const register = registerCitizen(city)
    await register({
      caller: citizen(),
      path: { campaignId: bearVouchers },
      query: {},
      body: { pools: [arts] },
      repeat: undefined,
    })
    await register({
      caller: citizen(),
      path: { campaignId: second },
      query: {},
      body: { pools: [sports] },
      repeat: undefined,
    })
    const listed = await listOwnRegistrations(city)({
      caller: citizen(),
      path: undefined,
      query: undefined,
      body: undefined,
      repeat: undefined,
    })
    if (!listed.ok) throw new Error('refused')
    expect(listed.value.body.registrations.map(({ campaignId, pools }) => [campaignId, pools])).toEqual([
      ['bear-vouchers', ['arts']],
      ['spring-vouchers', ['sports']],
    ])
    const [first, other] = listed.value.body.registrations
    expect(first?.registrationNumber).not.toBe(other?.registrationNumber)
  })
})

describe('the beacon round of a draw', () => {
  const genesis = 1_692_803_367_000
  it.each([
    ['at genesis', genesis, 1],
    ['a millisecond later', genesis + 1, 2],
    ['at the second round', genesis + 3_000, 2],
    ['a second before the thousandth', genesis + 999 * 3_000 - 1_000, 1_000],
  ])('%s is the first that comes at or after it', (_, drawsAt, round) => {
    expect(beaconRoundAt(drawsAt).round).toBe(round)
  })
})
