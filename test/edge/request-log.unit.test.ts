import { expect, it } from 'vitest'
import { arrivalOf } from '../../shared/edge/incoming.ts'
import type { Journal } from '../../shared/edge/log-catalogue.ts'
import { stop } from '../../shared/edge/passage.ts'
import { recordAnswer } from '../../shared/edge/request-log.ts'
import { httpApiEvent } from '../support/events.ts'

const lineOf = (code: 'BUSY' | 'CAMPAIGN_CLOSED') => {
  const lines: object[] = []
  const journal: Journal = (name, fields, metrics) => void lines.push({ name, ...fields, ...metrics })
  const passage = {
    arrival: arrivalOf(httpApiEvent({ headers: { authorization: 'Bearer of-somebody' }, body: '{"pools":["arts"]}' })),
    language: 'en',
  } as const
  recordAnswer('greet', { now: () => 1_250, pause: async () => {} }, journal)(passage, 1_000, stop(passage, code))
  return lines
}

it('leaves one line a request, with its latency and faults as embedded metrics of its stage and endpoint', () => {
  const [line, ...others] = lineOf('BUSY')
  expect(others).toEqual([])
  expect(line).toMatchObject({
    name: 'REQUEST_ANSWERED',
    endpoint: 'greet',
    status: 503,
    problem: 'BUSY',
    latencyMs: 250,
    faults: 1,
    replayed: false,
    _aws: {
      CloudWatchMetrics: [
        { Dimensions: [['stage', 'endpoint']], Metrics: [{ Name: 'latencyMs' }, { Name: 'faults' }] },
      ],
    },
  })
})

it('tells a refusal apart from a fault, and writes down nothing of the person', () => {
  const [line] = lineOf('CAMPAIGN_CLOSED')
  expect(line).toMatchObject({ faults: 0, problem: 'CAMPAIGN_CLOSED' })
  expect(JSON.stringify(line)).not.toMatch(/Bearer|arts|127\.0\.0\.1/)
})
