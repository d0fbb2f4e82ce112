import { Logger } from '@aws-lambda-powertools/logger'
import { expect, it, vi } from 'vitest'
import { journalOf } from '../../shared/edge/log-catalogue.ts'
import { Busy } from '../../shared/kernel/busy.ts'

it('tells an error and the names of its causes, and none of what they carry', () => {
  const lines: string[] = []
  const cause = Object.assign(new Error('the condition failed'), {
    name: 'ConditionalCheckFailed',
    Item: { entrant: 'somebody' },
  })
  const logger = new Logger({ serviceName: 'test' })
  vi.spyOn(logger, 'error').mockImplementation((...words) => void lines.push(JSON.stringify(words)))
  journalOf(logger)('FAULT', { name: 'greet', requestId: 'r', error: new Busy('no room', { cause }) })
  expect(lines.join()).toContain('"causes":["ConditionalCheckFailed"]')
  expect(lines.join()).toContain('no room')
  expect(lines.join()).not.toContain('somebody')
})
