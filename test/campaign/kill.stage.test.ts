// Whoever was answered is there, even when the whole machine falls in the middle of it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, inject, it } from 'vitest'
import { bearer, type CityStage, callerAt, startCityStage } from '../support/city-stage.ts'
import { peopleFrom } from '../support/people.ts'

const PEOPLE = 400
const IN_FLIGHT = 50
/** Killed when this many were answered: in full flight, with the rest still on their way. */
const ANSWERED_BEFORE_THE_FALL = 150

const dataDir = mkdtempSync(join(tmpdir(), 'tongquan-kill-'))
let restarted: CityStage | undefined
afterAll(async () => {
  await restarted?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const openCampaign = async (stage: CityStage): Promise<string> => {
  const listed = await callerAt(stage)('listCampaigns', {})
  return listed.ok ? (listed.body.campaigns.find(({ phase }) => phase === 'OPEN')?.campaignId ?? '') : ''
}

const killAll = (stage: CityStage): Promise<unknown> => {
  const gone = new Promise((resolve) => stage.process.once('exit', resolve))
  const { primary, workers, engine } = stage.state().pids
  for (const pid of [primary, ...workers, ...(engine === null ? [] : [engine])]) process.kill(pid, 'SIGKILL')
  return gone
}

it('kill -9 of everything at full load loses nothing that was answered', async () => {
  const assembly = inject('assembly')
  const stage = await startCityStage({ assembly, dataDir })
  const campaignId = await openCampaign(stage)
  const asPerson = async (at: CityStage, number: string) =>
    callerAt(at, bearer(await at.token('citizen', `number=${number}`)))
  const answered = new Map<string, string>()
  const waiting = [...peopleFrom(1, PEOPLE)]
  let fall: Promise<unknown> | undefined
  const registerPeople = async (): Promise<void> => {
    for (let person = waiting.pop(); person !== undefined && fall === undefined; person = waiting.pop()) {
      const city = await asPerson(stage, person)
      const told = await city('register', { path: { campaignId }, body: { pools: ['arts'] } })
      if (told.ok) answered.set(person, told.body.registrationNumber)
      if (answered.size === ANSWERED_BEFORE_THE_FALL) fall = killAll(stage)
    }
  }
  await Promise.allSettled(Array.from({ length: IN_FLIGHT }, registerPeople))
  await fall
  expect(answered.size).toBeGreaterThanOrEqual(ANSWERED_BEFORE_THE_FALL)

  restarted = await startCityStage({ assembly, dataDir })
  const again = restarted
  const found = await Promise.all(
    [...answered].map(async ([person, number]) => {
      const city = await asPerson(again, person)
      const told = await city('viewRegistration', { path: { campaignId, registrationNumber: 'mine' } })
      return told.ok && told.body.registrationNumber === number
    }),
  )
  expect(found.filter((isThere) => !isThere)).toEqual([])
})
