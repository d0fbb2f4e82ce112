// Binds a schedule to its use case. What does not get done in time waits for the next minute: the records say what is due.
import middy from '@middy/core'
import type { Context } from 'aws-lambda'
import type { Clock } from '../kernel/ports.ts'
import type { Schedule } from '../kernel/schedule.ts'
import type { Wiring } from '../kernel/wiring.ts'
import { builtAtFirst } from './built-at-first.ts'
import { openJournal } from './journal.ts'
import { wiringOf } from './wiring-of.ts'

export type ScheduleHandler = (event: unknown, context: Context) => Promise<void>

export const run = <Needs>(
  declared: Schedule,
  makeWork: (ports: Needs) => () => Promise<void>,
  makePorts: (wiring: Wiring) => Needs & { readonly clock: Clock },
): ScheduleHandler =>
  builtAtFirst(() => {
    const wiring = wiringOf(declared)
    const ports = makePorts(wiring)
    const work = makeWork(ports)
    const journal = openJournal(wiring)
    return middy<unknown, void>({ timeoutEarlyInMillis: 0 }).handler(async () => {
      const startedAt = ports.clock.now()
      await work()
      journal('SCHEDULE_DONE', { schedule: declared.name, latencyMs: ports.clock.now() - startedAt })
    })
  })
