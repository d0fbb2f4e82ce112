// Which of the city's two languages the caller reads, by Accept-Language (RFC 9110 §12.5.4). zh-TW unless English is preferred.
export type Language = 'zh' | 'en'

export const contentLanguage = { zh: 'zh-TW', en: 'en' } as const

/** Header lists are bounded, so that a hostile one costs nothing. */
const MAX_RANGES = 20

const qualityOf = (ranges: readonly string[], language: Language): number => {
  const qualities = ranges
    .filter((range) => range === language || range.startsWith(`${language}-`) || range.startsWith(`${language};`))
    .map((range) => Number(/;\s*q=([0-9.]+)/.exec(range)?.[1] ?? '1'))
  return Math.max(0, ...qualities.filter(Number.isFinite))
}

export const languageOf = (acceptLanguage: string | undefined): Language => {
  if (acceptLanguage === undefined) return 'zh'
  const ranges = acceptLanguage
    .toLowerCase()
    .split(',', MAX_RANGES)
    .map((range) => range.trim())
  return qualityOf(ranges, 'en') > qualityOf(ranges, 'zh') ? 'en' : 'zh'
}
