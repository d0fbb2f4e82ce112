// When a schedule is due. Like EventBridge, nothing is finer than a minute; unlike it, a rate counts from the hour's beginning
// (UTC days for longer ones), so that a stage started at any time agrees with the one before it.
export interface Due {
  /** Of the minute that begins at this instant. */
  isAt(instantMs: number): boolean
}

const MINUTE_MS = 60_000
const units: Readonly<Record<string, number>> = { minute: 1, minutes: 1, hour: 60, hours: 60, day: 1_440, days: 1_440 }
const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [1, 7],
] as const

export const parseExpression = (expression: string): Due | undefined => {
  const rate = expression.match(/^rate\((\d+) (\w+)\)$/)
  if (rate) return rateOf(Number(rate[1]), units[rate[2] ?? ''])
  const cron = expression
    .match(/^cron\(([^)]+)\)$/)?.[1]
    ?.trim()
    .split(/\s+/)
  return cron?.length === 6 ? cronOf(cron) : undefined
}

const rateOf = (amount: number, minutes: number | undefined): Due | undefined => {
  if (minutes === undefined || amount < 1) return undefined
  const every = amount * minutes
  return { isAt: (instantMs) => Math.floor(instantMs / MINUTE_MS) % every === 0 }
}

/** Minutes, hours, day of month, month, day of week (1 is Sunday), year. Names, L, W and # are not understood. */
const cronOf = (fields: readonly string[]): Due | undefined => {
  if (fields[5] !== '*') return undefined
  const sets = ranges.map(([low, high], index) => setOf(fields[index] ?? '', low, high))
  if (sets.some((set) => set === undefined)) return undefined
  return {
    isAt: (instantMs) => {
      const at = new Date(instantMs)
      const parts = [at.getUTCMinutes(), at.getUTCHours(), at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCDay() + 1]
      return parts.every((part, index) => sets[index]?.has(part))
    },
  }
}

const setOf = (field: string, low: number, high: number): ReadonlySet<number> | undefined => {
  const found = new Set<number>()
  for (const part of field.split(',')) {
    const read = part.match(/^(\*|\?|\d+)(?:-(\d+))?(?:\/(\d+))?$/)
    if (!read) return undefined
    const isOpen = read[1] === '*' || read[1] === '?'
    const from = isOpen ? low : Number(read[1])
    const to = isOpen || (read[3] && !read[2]) ? high : Number(read[2] ?? from)
    if (from < low || to > high) return undefined
    for (let value = from; value <= to; value += Number(read[3] ?? 1)) found.add(value)
  }
  return found
}
