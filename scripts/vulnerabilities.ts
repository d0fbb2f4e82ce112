// npm run vulnerabilities: asks the registry for known vulnerabilities of the locked packages.
// Exit status 1 for one of high or critical severity, 2 when nobody could be asked: silence is not a clean bill.
import { z } from 'zod'
import { json, npm } from './npm.ts'

const Finding = z.object({ name: z.string(), severity: z.string(), range: z.string() })
const Audit = z.object({ vulnerabilities: z.record(z.string(), Finding) })
const grave = ['high', 'critical']

export interface Verdict {
  readonly exitCode: 0 | 1 | 2
  readonly lines: readonly string[]
}

export const verdictOn = (answer: unknown): Verdict => {
  const audit = Audit.safeParse(answer)
  if (!audit.success) {
    return {
      exitCode: 2,
      lines: ['The registry gave no answer about vulnerabilities; ask again where it can be reached.'],
    }
  }
  const found = Object.values(audit.data.vulnerabilities)
  return {
    exitCode: found.some((one) => grave.includes(one.severity)) ? 1 : 0,
    lines: [
      ...found.map((one) => `${one.severity}: ${one.name} ${one.range}`),
      `${found.length} packages with known vulnerabilities.`,
    ],
  }
}

if (import.meta.main) {
  const { exitCode, lines } = verdictOn(json(npm('audit', '--json', '--audit=true')))
  for (const line of lines) console.log(line)
  process.exitCode = exitCode
}
