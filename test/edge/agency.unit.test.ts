import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { serve } from '../../shared/edge/serve.ts'
import { agency } from '../../shared/kernel/caller.ts'
import { endpoint } from '../../shared/kernel/endpoint.ts'
import { accept } from '../../shared/kernel/result.ts'
import { context, restApiEvent } from '../support/events.ts'

const who = endpoint({
  name: 'who',
  route: 'GET /agency/v1/who',
  summary: { zh: '我是誰', en: 'Who am I' },
  caller: agency(),
  replies: { 200: z.strictObject({ agencyId: z.string() }) },
  problems: [],
  budgetMs: 1_000,
  harm: 'Agencies do not know who they are',
})

beforeEach(() => {
  vi.stubEnv('AGENCY_KEYS', 'key-a=parking-office,key-b=parking-office,key-c=library')
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const ask = async (apiKeyId?: string) => {
  const clock = { now: () => 0, pause: async () => {} }
  const answer = serve(
    who,
    () =>
      async ({ caller }) =>
        accept({ status: 200, body: { agencyId: caller.agencyId } }),
    () => ({ clock }),
  )
  const reply = await answer(restApiEvent({ path: '/agency/v1/who', ...(apiKeyId && { apiKeyId }) }), context)
  return JSON.parse(reply.body)
}

describe('an agency', () => {
  it('is the same under each of its keys, so that a key can be replaced', async () => {
    expect([await ask('key-a'), await ask('key-b'), await ask('key-c')]).toEqual([
      { agencyId: 'parking-office' },
      { agencyId: 'parking-office' },
      { agencyId: 'library' },
    ])
  })

  it('is nobody under a key that the city did not give out, or under none', async () => {
    expect([(await ask('key-z')).code, (await ask()).code]).toEqual(['API_KEY_REFUSED', 'API_KEY_REFUSED'])
  })
})
