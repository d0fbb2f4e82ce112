import { describe, expect, it } from 'vitest'
import { planOf } from '../../scripts/test-plan.ts'
import { lastLine, type Ran, summaryOf } from '../../scripts/test-report.ts'

const file = (status: string, ...statuses: readonly string[]) => ({
  name: 'test/a.unit.test.ts',
  status,
  assertionResults: statuses.map((one) => ({ status: one, fullName: `a test that ${one}` })),
})
const ran = (over: Partial<Ran>): Ran => ({ checks: [], leftOut: [], mustRunAll: false, ...over })
const countsOf = (over: Partial<Ran>) => lastLine(summaryOf(ran(over)))

describe('the summary of the suite', () => {
  it('counts tests and checks alike', () => {
    const checks = [
      { name: 'type check', ok: true },
      { name: 'linter', ok: false },
    ]
    const report = { testResults: [file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed')] }
    expect(countsOf({ checks, report })).toBe('4 passed, 2 failed')
  })

  it('counts a file that could not run as a failure', () => {
    expect(countsOf({ report: { testResults: [file('failed')] } })).toBe('0 passed, 1 failed')
    expect(countsOf({ report: { testResults: [file('failed', 'passed')] } })).toBe('1 passed, 1 failed')
  })

  it('names what was left out, once', () => {
    const line = { what: 'DynamoDB Local', why: 'no Java on this machine' }
    const summary = summaryOf(ran({ leftOut: [line, line] }))
    expect(summary).toEqual({ passed: 0, failed: 0, lines: ['left out: DynamoDB Local (no Java on this machine)'] })
  })

  it('takes what was left out for a failure where everything must run, unless it is allowed', () => {
    const leftOut = [
      { what: 'DynamoDB Local', why: 'no Java on this machine' },
      { what: 'PostgreSQL', why: 'a yardstick, no test', allowed: true },
    ]
    expect(countsOf({ leftOut, mustRunAll: true })).toBe('0 passed, 1 failed')
  })

  it('does not pass over skipped tests in silence', () => {
    const report = { testResults: [file('passed', 'passed', 'skipped')] }
    expect(countsOf({ report, mustRunAll: true })).toBe('1 passed, 1 failed')
    expect(summaryOf(ran({ report })).lines).toEqual([expect.stringContaining('left out: 1 tests')])
  })
})

describe('the plan of the suite', () => {
  it.each([
    [[], { checks: true, projects: ['unit', 'property', 'house', 'law', 'engine', 'stage'], filters: [] }],
    [['--quick'], { checks: true, projects: ['unit', 'property', 'house'], filters: [] }],
    [['--kind', 'law'], { checks: false, projects: ['house', 'law'], filters: [] }],
    [['--kind=unit,checks'], { checks: true, projects: ['unit'], filters: [] }],
    [['--kind', 'checks'], { checks: true, projects: [], filters: [] }],
    [['--kind', 'unit', 'person'], { checks: false, projects: ['unit'], filters: ['person'] }],
  ])('reads %j', (words, plan) => {
    expect(planOf(words)).toEqual({ ok: true, plan })
  })

  it.each([[['--kind', 'smoke']], [['--fast']]])('refuses %j in one sentence', (words) => {
    expect(planOf(words)).toMatchObject({ ok: false })
  })

  it('gives help when asked', () => {
    expect(planOf(['--help'])).toBe('help')
  })
})
