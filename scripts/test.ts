// The whole suite with one summary at its end. Type check and linter count as tests.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { help, type Plan, planOf } from './test-plan.ts'
import { type Check, LeftOutLine, lastLine, summaryOf, VitestReport } from './test-report.ts'

const root = new URL('..', import.meta.url)

const checks = [
  { name: 'type check', words: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  { name: 'linter', words: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
]

const surroundings = (leftOutFile: string): NodeJS.ProcessEnv => {
  const { FORCE_COLOR, NO_COLOR, ...rest } = process.env
  const colours = process.stdout.isTTY ? { FORCE_COLOR, NO_COLOR } : { NO_COLOR: '1' }
  const set = Object.entries({ ...rest, ...colours, TONGQUAN_LEFT_OUT: leftOutFile })
  return Object.fromEntries(set.filter(([, value]) => value !== undefined))
}

const run = (name: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<Check> =>
  new Promise((done) => {
    const child = spawn(process.execPath, words, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', () => done({ name, ok: false }))
    child.on('exit', (code) => done({ name, ok: code === 0 }))
  })

const runChecks = async (env: NodeJS.ProcessEnv): Promise<readonly Check[]> => {
  const done: Check[] = []
  for (const { name, words } of checks) {
    console.log(`- ${name}`)
    done.push(await run(name, words, env))
  }
  return done
}

const runTests = (plan: Plan, reportFile: string, env: NodeJS.ProcessEnv): Promise<Check> =>
  run(
    'test run',
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...plan.projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
      ...plan.filters,
    ],
    env,
  )

const reportIn = (file: string) =>
  existsSync(file) ? VitestReport.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined

const leftOutIn = (file: string): readonly LeftOutLine[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => LeftOutLine.parse(JSON.parse(line)))
    : []

const runAll = async (plan: Plan, folder: string) => {
  const leftOutFile = join(folder, 'left-out')
  const reportFile = join(folder, 'report.json')
  const env = surroundings(leftOutFile)
  const done = plan.checks ? await runChecks(env) : []
  const testRun = plan.projects.length > 0 ? await runTests(plan, reportFile, env) : undefined
  const report = reportIn(reportFile)
  const failedInside = report?.testResults.some((file) => file.status === 'failed')
  // vitest fails as well when nothing was found or something broke between the tests.
  const brokeOff = testRun?.ok === false && !failedInside ? [testRun] : []
  return summaryOf({
    checks: [...done, ...brokeOff],
    ...(report && { report }),
    leftOut: leftOutIn(leftOutFile),
    mustRunAll: Boolean(process.env.CI),
  })
}

const main = async (words: readonly string[]): Promise<number> => {
  const planned = planOf(words)
  if (planned === 'help') {
    console.log(help)
    return 0
  }
  if (!planned.ok) {
    console.error(planned.sentence)
    return 1
  }
  const folder = mkdtempSync(join(tmpdir(), 'tongquan-test-'))
  try {
    const summary = await runAll(planned.plan, folder)
    console.log(['', ...summary.lines, lastLine(summary)].join('\n'))
    return summary.failed === 0 && summary.passed > 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

process.exitCode = await main(process.argv.slice(2))
