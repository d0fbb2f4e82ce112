// Whatever is asked, every engine answers alike: what is proven on memory then holds in the cloud.
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import type { Records } from '../../shared/kernel/records.ts'
import { presentEngines } from '../support/engines.ts'
import { anyCommand, type Command } from './random-commands.ts'
import { anything } from './test-tables.ts'

const engines = await presentEngines()
afterAll(async () => {
  for (const engine of engines) await engine.stop()
})

const RUNS = 60
const MAX_COMMANDS = 25

/** A bug is refused by every engine, each in its own words. */
const answerOf = (records: Records, command: Command): Promise<unknown> =>
  command.run(records).then(
    (answer) => ({ answer }),
    () => 'refused as a bug',
  )

it('a random sequence of commands gets the same answers from every engine', async () => {
  const commands = fc.array(anyCommand, { minLength: 1, maxLength: MAX_COMMANDS })
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      const all = await Promise.all(engines.map((engine) => engine.records(anything)))
      for (const [index, command] of sequence.entries()) {
        const [inMemory, ...others] = await Promise.all(all.map((records) => answerOf(records, command)))
        for (const [at, other] of others.entries())
          expect(other, `${engines[at + 1]?.name}, command ${index}: ${JSON.stringify(command.asked)}`).toEqual(
            inMemory,
          )
      }
    }),
    { numRuns: RUNS },
  )
})
