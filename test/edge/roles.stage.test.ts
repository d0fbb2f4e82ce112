// Who may do what, derived from the declarations: every role at every door.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { city } from '../../shared/city.ts'
import { sharedProblems } from '../../shared/kernel/endpoint.ts'
import { bearer, type CityStage, startCityStage } from '../support/city-stage.ts'

let stage: CityStage
const roles = ['anyone', 'citizen', 'operator', 'agency'] as const
type Role = (typeof roles)[number]
const credentials = new Map<Role, Record<string, string>>()

beforeAll(async () => {
  stage = await startCityStage({ assembly: inject('assembly'), args: ['--permissions'], workers: 1 })
  credentials.set('citizen', bearer(await stage.token('citizen', 'number=A123456789')))
  credentials.set('operator', bearer(await stage.token('operator')))
  credentials.set('agency', { 'x-api-key': stage.agencyKey })
})
afterAll(() => stage?.stop())

const REFUSALS = new Set([
  'TOKEN_MISSING',
  'TOKEN_INVALID',
  'TOKEN_FOR_ANOTHER_SERVICE',
  'CALLER_NOT_ALLOWED',
  'API_KEY_REFUSED',
])

/** A body that is wrong for every endpoint: whoever is let in is refused for that, and nothing happens. */
const knock = async (route: string, role: Role) => {
  const [method = '', path = ''] = route.split(' ')
  const address = path.replaceAll('{campaignId}', 'nowhere').replaceAll('{registrationNumber}', 'mine')
  const reply = await fetch(stage.origin + address, {
    method,
    headers: { 'content-type': 'application/json', ...credentials.get(role) },
    ...(method === 'GET' ? {} : { body: '{"wrong":true}' }),
  })
  const text = await reply.text()
  const isProblem = reply.headers.get('content-type') === 'application/problem+json'
  const code: unknown = isProblem ? JSON.parse(text).code : undefined
  return { status: reply.status, code }
}

describe.each(city.endpoints)('$declared.name', ({ declared }) => {
  it.each(roles)('for %s', async (role) => {
    const { status, code } = await knock(declared.route, role)
    const isLetIn = declared.caller.who === 'anyone' || declared.caller.who === role
    expect([status < 500, REFUSALS.has(String(code))]).toEqual([true, !isLetIn])
    if (code !== undefined) expect([...declared.problems, ...sharedProblems(declared)]).toContain(code)
  })
})
