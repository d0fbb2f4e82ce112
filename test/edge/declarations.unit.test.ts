import { describe, expect, it } from 'vitest'
import { city } from '../../shared/city.ts'
import { sharedProblems } from '../../shared/kernel/endpoint.ts'

describe.each(city.endpoints)('$declared.name', ({ declared }) => {
  const [method, path = ''] = declared.route.split(' ')
  const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)

  it('has a schema for each part of its path and for nothing else', () => {
    expect(Object.keys(declared.path ?? {}).sort()).toEqual(placeholders.sort())
  })

  it('stands behind the door of its callers', () => {
    expect(path.startsWith('/agency/')).toBe(declared.caller.who === 'agency')
  })

  it('refuses a used key with another body when it takes keys', () => {
    expect(declared.problems.includes('IDEMPOTENCY_KEY_REUSED')).toBe(declared.idempotencyKey !== undefined)
  })

  it('is cached only when anyone may read it', () => {
    if (declared.cacheSeconds !== undefined) expect([method, declared.caller.who]).toEqual(['GET', 'anyone'])
  })

  it('changes nothing by being read', () => {
    const writes = ['put', 'change', 'remove'].filter((verb) => verb in (declared.records ?? {}))
    if (method === 'GET') expect(writes).toEqual([])
  })

  it('says what it can answer in both languages, without saying one thing twice', () => {
    expect(Object.values(declared.summary).every((text) => text.length > 0)).toBe(true)
    const told = [...declared.problems, ...sharedProblems(declared)]
    expect(told.filter((code, place) => told.indexOf(code) !== place)).toEqual([])
  })
})

it('no two endpoints share a name or a route', () => {
  const names = city.endpoints.map(({ declared }) => declared.name)
  const routes = city.endpoints.map(({ declared }) => declared.route.replaceAll(/\{\w+\}/g, '{}'))
  expect(new Set(names).size).toBe(names.length)
  expect(new Set(routes).size).toBe(routes.length)
})
