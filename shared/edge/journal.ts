// One Logger per function (Powertools), made at the first event.
import { Logger } from '@aws-lambda-powertools/logger'
import type { Wiring } from '../kernel/wiring.ts'
import { type Journal, journalOf } from './log-catalogue.ts'

export const openJournal = (wiring: Wiring): Journal =>
  journalOf(new Logger({ serviceName: wiring.name, persistentKeys: { stage: wiring.environment.STAGE ?? 'unknown' } }))
