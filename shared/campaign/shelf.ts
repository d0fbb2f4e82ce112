// All campaigns of the city, page by page.
import type { Instant, Ports } from '../kernel/ports.ts'
import type { Records } from '../kernel/records.ts'
import { type CampaignRecord, campaigns, SHELF } from './records.ts'
import { SETTINGS_LIFE_SECONDS } from './settings-life.ts'

const PAGE = 100
/** A city with more than a thousand campaigns needs an archive, and is told so. */
const MAX_PAGES = 10

export type Shelf = readonly CampaignRecord[]

export const readShelf = async (records: Pick<Records, 'list'>): Promise<Shelf> => {
  const found: CampaignRecord[] = []
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const listed = await records.list(campaigns, { partition: SHELF, limit: PAGE, ...(after ? { after } : {}) })
    found.push(...listed.items)
    after = listed.after
    if (after === undefined) return found
  }
  throw new Error(`more than ${PAGE * MAX_PAGES} campaigns stand on the shelf`)
}

/** The shelf as this worker knows it: everyone who looks within a few seconds costs one reading, not one each. */
export const currentShelf = (ports: Pick<Ports, 'clock' | 'records'>): (() => Promise<Shelf>) => {
  let readAt: Instant = 0
  let held: Promise<Shelf> | undefined
  return () => {
    const now = ports.clock.now()
    if (held && now - readAt < SETTINGS_LIFE_SECONDS * 1_000) return held
    const shelf = readShelf(ports.records)
    shelf.catch(() => {
      if (held === shelf) held = undefined
    })
    readAt = now
    held = shelf
    return shelf
  }
}
