// npm run outdated: direct dependencies of which the registry has a newer version. Exit status 2 when nobody could be asked.
import { z } from 'zod'
import { json, npm } from './npm.ts'

const Outdated = z.record(z.string(), z.object({ current: z.string().optional(), latest: z.string() }))

/** These follow the Lambda runtime, so only their own major counts. */
const pinnedToRuntime = ['node', '@types/node']

const majorOf = (version = ''): string => version.split('.')[0] ?? ''

export const linesOf = (answer: unknown): readonly string[] | undefined => {
  const read = Outdated.safeParse(answer)
  if (!read.success) return undefined
  const newer = Object.entries(read.data)
    .filter(([name, one]) => !pinnedToRuntime.includes(name) || majorOf(one.current) === majorOf(one.latest))
    .map(([name, one]) => `${name} ${one.current ?? '(not installed)'} -> ${one.latest}`)
  return [...newer, `${newer.length} direct dependencies have a newer version.`]
}

if (import.meta.main) {
  const lines = linesOf(json(npm('outdated', '--json')))
  for (const line of lines ?? ['The registry gave no answer about newer versions.']) console.log(line)
  process.exitCode = lines === undefined ? 2 : 0
}
