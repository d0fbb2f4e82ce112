import { describe, expect, it } from 'vitest'
import { parseExpression } from '../../local/engine/expression.ts'

const at = (text: string) => Date.parse(text)

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', '2026-11-20T10:07:00Z', true],
    ['rate(5 minutes)', '2026-11-20T10:05:00Z', true],
    ['rate(5 minutes)', '2026-11-20T10:06:00Z', false],
    ['rate(1 hour)', '2026-11-20T10:00:00Z', true],
    ['rate(1 hour)', '2026-11-20T10:30:00Z', false],
    ['rate(1 day)', '2026-11-20T00:00:00Z', true],
    ['cron(0 16 * * ? *)', '2026-11-20T16:00:00Z', true],
    ['cron(0 16 * * ? *)', '2026-11-20T16:01:00Z', false],
    ['cron(0/10 * ? * 2-6 *)', '2026-11-20T16:20:00Z', true],
    ['cron(0/10 * ? * 1,7 *)', '2026-11-20T16:20:00Z', false],
  ])('%s at %s: %s', (expression, instant, due) => {
    expect(parseExpression(expression)?.isAt(at(instant))).toBe(due)
  })

  it.each([
    'rate(30 seconds)',
    'rate(0 minutes)',
    'at(2026-01-01T00:00:00)',
    'cron(0 0 L * ? *)',
    'cron(60 * * * ? *)',
    'cron(0 0 1 * ? 2027)',
    'daily',
  ])('does not keep %s', (expression) => {
    expect(parseExpression(expression)).toBeUndefined()
  })
})
