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
  const tokens = await Promise.all(peopleFrom(1, PEOPLE).map((number) => stage.token('citizen', `number=${number}`)))
  const answered = new Map<string, string>()
  const waiting = [...tokens]
  let fall: Promise<unknown> | undefined
  const registerPeople = async (): Promise<void> => {
    for (let token = waiting.pop(); token !== undefined && fall === undefined; token = waiting.pop()) {
      const told = await callerAt(stage, bearer(token))('register', { path: { campaignId }, body: { pools: ['arts'] } })
      if (told.ok) answered.set(token, told.body.registrationNumber)
      if (answered.size === ANSWERED_BEFORE_THE_FALL) fall = killAll(stage)
    }
  }
  await Promise.allSettled(Array.from({ length: IN_FLIGHT }, registerPeople))
  await fall
  expect(answered.size).toBeGreaterThanOrEqual(ANSWERED_BEFORE_THE_FALL)

  restarted = await startCityStage({ assembly, dataDir })
  const again = restarted
  const found = await Promise.all(
    [...answered].map(async ([token, number]) => {
      const path = { campaignId, registrationNumber: 'mine' } as const
      const told = await callerAt(again, bearer(token))('viewRegistration', { path })
      return told.ok && told.body.registrationNumber === number
    }),
  )
  expect(found.filter((isThere) => !isThere)).toEqual([])
})
