// From closing to the open books through the real parts: due mark, sweep, queue, count, signature, document at the CDN,
// with the permissions of the template enforced. It takes as long as the law asks: nobody counts before 70 s after closing.
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { bearer, type CityStage, callerAt, startCityStage } from '../support/city-stage.ts'
import { peopleFrom } from '../support/people.ts'

const PEOPLE = 20
const LIMIT_MS = 150_000

let stage: CityStage
beforeAll(async () => {
  stage = await startCityStage({ assembly: inject('assembly'), args: ['--permissions'], workers: 1 })
})
afterAll(() => stage?.stop())

const publishClosingSoon = async (campaignId: string): Promise<void> => {
  const city = callerAt(stage, bearer(await stage.token('operator')))
  const instant = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString()
  const body = {
    campaignId,
    name: { zh: '快要截止', en: 'Closing soon' },
    summary: { zh: '測試', en: 'For tests' },
    pools: [{ poolId: 'arts', name: { zh: '藝文', en: 'Arts' }, quota: 10, faceValueTwd: 500 }],
    opensAt: instant(-60_000),
    closesAt: instant(6_000),
    drawsAt: instant(86_400_000),
    maxWinsPerPerson: 1,
  }
  await city('createCampaign', { body, idempotencyKey: `create-${campaignId}` })
  await city('publishCampaign', { path: { campaignId } })
}

const sweepNow = () => fetch(`${stage.origin}/_local/schedules/tongquan-local-due-sweep/runs`, { method: 'POST' })

it(
  'everyone reads the signed count of both lanes after closing',
  async () => {
    const path = { campaignId: 'closing-soon' }
    await publishClosingSoon(path.campaignId)
    const registered = await Promise.all(
      peopleFrom(1, PEOPLE).map(async (number) => {
        const city = callerAt(stage, bearer(await stage.token('citizen', `number=${number}`)))
        return city('register', { path, body: { pools: ['arts'] } })
      }),
    )
    const inLane = (lane: string) => registered.filter((told) => told.ok && told.body.lane === lane).length
    expect(inLane('odd') + inLane('even')).toBe(PEOPLE)

    const agency = callerAt(stage, { 'x-api-key': stage.agencyKey })
    const document = (lane: string) => fetch(`${stage.origin}/open-books/campaigns/closing-soon/closing-${lane}.json`)
    const bothAreThere = async () => {
      await sweepNow()
      return [(await document('odd')).status, (await document('even')).status]
    }
    await expect.poll(bothAreThere, { timeout: LIMIT_MS, interval: 2_000 }).toEqual([200, 200])
    expect(await agency('viewClosing', { path })).toMatchObject({
      body: {
        odd: { standing: inLane('odd'), withdrawn: 0, byPool: { arts: inLane('odd') } },
        even: { standing: inLane('even'), withdrawn: 0, byPool: { arts: inLane('even') } },
      },
    })
    const { statement, signature } = JSON.parse(await (await document('odd')).text())
    expect(JSON.parse(statement)).toMatchObject({ lane: 'odd', standing: inLane('odd') })
    expect(signature).toMatch(/^[A-Za-z0-9_-]{90,100}$/)
  },
  LIMIT_MS,
)
