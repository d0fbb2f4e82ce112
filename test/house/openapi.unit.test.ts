import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import { city } from '../../shared/city.ts'
import { docsPageOf } from '../../shared/house/docs-page.ts'
import { openApiOf } from '../../shared/house/openapi.ts'
import { problems } from '../../shared/kernel/problems.ts'

const document = openApiOf(city.endpoints, 'https://tongquan.test')

describe('the API document', () => {
  it('is OpenAPI 3.1 without a fault or a warning', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] })
    const found = await lintFromString({ source: JSON.stringify(document), config })
    expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([])
  })

  it('would be found out by the linter if it were not', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] })
    const found = await lintFromString({ source: JSON.stringify({ ...document, paths: { 'no-slash': {} } }), config })
    expect(found.length).toBeGreaterThan(0)
  })

  it('tells every operation with its problems', () => {
    const text = JSON.stringify(document)
    for (const { declared } of city.endpoints) {
      expect(text).toContain(`"operationId":"${declared.name}"`)
      for (const code of declared.problems) expect(text).toContain(`${code}: ${problems[code].title.en}`)
    }
  })

  it('names no example of a person', () => {
    expect(JSON.stringify(document)).not.toMatch(/[A-Z][1289]\d{8}/)
  })
})

describe('the page to read', () => {
  it('shows every route and fetches nothing from elsewhere', () => {
    const page = docsPageOf(city.endpoints)
    for (const { declared } of city.endpoints) expect(page).toContain(declared.summary.zh)
    expect(page).not.toMatch(/<script|src=|@import|url\(|href="https?:/)
  })
})
