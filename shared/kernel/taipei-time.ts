// The city's clock. Taipei keeps UTC+8 all year (since 1979), so its days can be computed without a time-zone table.
// On the wire an instant is RFC 3339 with an offset; in records and rules it is milliseconds since 1970.
import * as z from 'zod'
import type { Instant } from './ports.ts'

const TAIPEI_OFFSET_MS = 8 * 3_600_000

/** `2021-09-20T09:00:00+08:00`: to the second, as people read it. */
export const taipeiTime = (instant: Instant): string =>
  `${new Date(instant + TAIPEI_OFFSET_MS).toISOString().slice(0, 19)}+08:00`

/** Wide enough for any plan of a city, narrow enough to be written with four digits a year in every offset. */
const EARLIEST = Date.parse('2000-01-01T00:00:00Z')
const LATEST = Date.parse('2200-01-01T00:00:00Z')
const isWithinReach = (text: string): boolean => {
  const instant = Date.parse(text)
  return instant >= EARLIEST && instant < LATEST
}

/** RFC 3339 with any offset in; whole seconds, so that what is answered is exactly what is kept. */
export const WireInstant = z.iso
  .datetime({ offset: true })
  .meta({ description: 'RFC 3339 instant with an offset', examples: ['2026-12-01T09:00:00+08:00'] })
  .refine(isWithinReach, 'not an instant between the years 2000 and 2200')

export const instantOf = (text: string): Instant => Math.floor(Date.parse(text) / 1_000) * 1_000
