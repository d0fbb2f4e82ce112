import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { derivedRoutes } from '../../scripts/derive-routes.ts'

it("the client's table is what the declarations say", () => {
  expect(readFileSync('shared/client/routes.ts', 'utf8')).toBe(derivedRoutes())
})
