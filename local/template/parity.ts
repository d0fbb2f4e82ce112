// The parity table as it stands in docs/local-stage.md; a test compares the two.
import { type How, kinds } from './kinds.ts'

const order: readonly How[] = ['emulated', 'approximated', 'inert', 'refused']

export const parityRows = (): readonly string[] => {
  const rows = order.flatMap((how) =>
    Object.entries(kinds)
      .filter(([, kind]) => kind.how === how)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([type, kind]) => `| \`${type}\` | ${kind.how} | ${kind.says} |`),
  )
  return ['| Resource | Here | What that means |', '|---|---|---|', ...rows]
}
