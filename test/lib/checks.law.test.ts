// cdk-nag's own report names findings only. This proves that it looked at everything, and that it would have found something.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { CfnBucket } from 'aws-cdk-lib/aws-s3'
import { describe, expect, inject, it } from 'vitest'
import { z } from 'zod'
import { CHECKED_RESOURCES_FILE, CityChecks } from '../../lib/checks.ts'
import { stacksIn } from './templates.ts'

const folder = inject('assembly')
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
const Violation = z.object({ ruleName: z.string(), reason: z.string().optional() })
const Report = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      conclusion: z.string(),
      violations: z.array(Violation),
      suppressedViolations: z.array(Violation).default([]),
    }),
  ),
})
/** A reason that a reviewer could judge is a sentence. */
const SHORTEST_REASON = 40

describe('the checks', () => {
  it('looked at every resource of every stage', () => {
    const checked = new Set(z.array(z.string()).parse(read(CHECKED_RESOURCES_FILE)))
    const resources = stacksIn(folder).flatMap((stack) => stack.resources)
    expect(resources.length).toBeGreaterThan(0)
    expect(resources.filter(({ path }) => !checked.has(path)).map(({ stack, id }) => `${stack} ${id}`)).toEqual([])
  })
  it('left no finding, and every acknowledged one has its reason', () => {
    const [nag] = Report.parse(read('validation-report.json')).pluginReports.filter(
      ({ pluginName }) => pluginName === 'AwsSolutions',
    )
    expect(nag?.violations).toEqual([])
    const unexplained = nag?.suppressedViolations.filter(({ reason = '' }) => reason.length < SHORTEST_REASON)
    expect(unexplained).toEqual([])
    expect(nag?.suppressedViolations.length).toBeGreaterThan(0)
  })
  it('find a bucket that is planted among the others', () => {
    const app = new App()
    new CfnBucket(new Stack(app, 'planted'), 'Open')
    const found = new CityChecks(app).validateScope(app).violations.map(({ ruleName }) => ruleName)
    expect(found).toContain('AwsSolutions-S10')
  })
})
