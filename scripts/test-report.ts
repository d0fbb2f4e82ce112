// What the suite says at its end. What a machine lacks is named; where everything must run (CI) that is a failure.
// A suite that could not start, a run that broke off and a silent skip each count as one failure: nothing is lost.
import { z } from 'zod'

const Outcome = z.object({ status: z.string(), fullName: z.string() })
const File = z.object({ name: z.string(), status: z.string(), assertionResults: z.array(Outcome) })
/** The part of vitest's JSON report that is counted here. */
export const VitestReport = z.object({ testResults: z.array(File) })
export type VitestReport = z.infer<typeof VitestReport>

export const LeftOutLine = z.object({ what: z.string(), why: z.string(), allowed: z.boolean().optional() })
export type LeftOutLine = z.infer<typeof LeftOutLine>

/** Something besides a test that passes or fails: the type check, the linter, the test run itself. */
export interface Check {
  readonly name: string
  readonly ok: boolean
}

export interface Ran {
  readonly checks: readonly Check[]
  /** Missing when no test was asked for, or when the run broke off before its report. */
  readonly report?: VitestReport
  readonly leftOut: readonly LeftOutLine[]
  readonly mustRunAll: boolean
}

export interface Summary {
  readonly lines: readonly string[]
  readonly passed: number
  readonly failed: number
}

const isFailed = (status: string) => status === 'failed'
const isSkipped = (status: string) => status !== 'passed' && !isFailed(status)

const once = (lines: readonly LeftOutLine[]): readonly LeftOutLine[] => [
  ...new Map(lines.map((line) => [line.what, line])).values(),
]

/** Skipped tests are somebody's left-out line; without any such line they would be passed over in silence. */
const silentSkips = (skipped: number, leftOut: readonly LeftOutLine[]): readonly LeftOutLine[] =>
  skipped > 0 && leftOut.length === 0 ? [{ what: `${skipped} tests`, why: 'skipped, and nobody said why' }] : []

export const summaryOf = (ran: Ran): Summary => {
  const files = ran.report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const failedTests = tests.filter((test) => isFailed(test.status)).map((test) => test.fullName)
  const brokenFiles = files
    .filter((file) => isFailed(file.status) && !file.assertionResults.some((test) => isFailed(test.status)))
    .map((file) => `${file.name} could not run`)
  const failedChecks = ran.checks.filter((check) => !check.ok).map((check) => check.name)
  const stated = once(ran.leftOut)
  const leftOut = [...stated, ...silentSkips(tests.filter((test) => isSkipped(test.status)).length, stated)]
  const refused = leftOut.filter((line) => ran.mustRunAll && line.allowed !== true)
  const failures = [...failedChecks, ...brokenFiles, ...failedTests]
  return {
    passed: tests.filter((test) => test.status === 'passed').length + ran.checks.filter((check) => check.ok).length,
    failed: failures.length + refused.length,
    lines: [
      ...failures.map((name) => `failed: ${name}`),
      ...leftOut.map(
        (line) => `left out: ${line.what} (${line.why})${refused.includes(line) ? ' - a failure in CI' : ''}`,
      ),
    ],
  }
}

export const lastLine = (summary: Summary): string => `${summary.passed} passed, ${summary.failed} failed`
