// The kind of a test is in its suffix, so that each kind can be run alone: `npx vitest run --project unit`.
// Pure kinds share the cores; kinds that start engines, stages or syntheses come after them and take turns.
import { defineConfig } from 'vitest/config'

const SECONDS = 1_000

const kind = (name: string, group: number, limitSeconds: number, include = [`test/**/*.${name}.test.ts`]) => ({
  extends: true as const,
  test: {
    name,
    include,
    testTimeout: limitSeconds * SECONDS,
    hookTimeout: limitSeconds * SECONDS,
    sequence: { groupOrder: group },
  },
})

const laws = kind('law', 2, 60)
const stage = kind('stage', 3, 60)
/** Both judge what `cdk synth` makes, so it is synthesized once for all of their files. */
const globalSetup = ['test/support/assembly-setup.ts']

export default defineConfig({
  test: {
    environment: 'node',
    maxWorkers: 2,
    /** A seed of our own choosing repeats a failed property run: SEED=123 npm test -- --kind property. */
    setupFiles: process.env.SEED ? ['test/support/seed.ts'] : [],
    projects: [
      kind('unit', 0, 5),
      kind('property', 0, 60),
      /** Laws about the tree itself need no synthesis and belong to the quick loop. */
      kind('house', 0, 30, ['test/house/*.law.test.ts']),
      kind('engine', 1, 60),
      { ...laws, test: { ...laws.test, exclude: ['test/house/**'], globalSetup } },
      { ...stage, test: { ...stage.test, maxWorkers: 2, globalSetup } },
    ],
  },
})
