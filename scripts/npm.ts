// npm as the machine has it. Its answer is given back, whatever its exit status: npm answers "outdated" with a failure.
import { spawnSync } from 'node:child_process'

export interface NpmAnswer {
  readonly ok: boolean
  readonly output: string
  readonly complaint: string
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024
const LIMIT_MS = 120_000

export const npm = (...words: readonly string[]): NpmAnswer => {
  const answer = spawnSync('npm', words, {
    cwd: new URL('..', import.meta.url),
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    shell: process.platform === 'win32',
    timeout: LIMIT_MS,
  })
  return { ok: answer.status === 0, output: answer.stdout ?? '', complaint: answer.stderr ?? String(answer.error) }
}

/** The JSON that npm printed, or nothing when it printed something else. Nothing printed is an empty answer only if all went well. */
export const json = (answer: NpmAnswer): unknown => {
  try {
    return JSON.parse(answer.output === '' && answer.ok ? '{}' : answer.output)
  } catch {
    return undefined
  }
}
