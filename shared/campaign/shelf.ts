// All campaigns of the city, page by page.
import type { Records } from '../kernel/records.ts'
import { type CampaignRecord, campaigns, SHELF } from './records.ts'

const PAGE = 100
/** A city with more than a thousand campaigns needs an archive, and is told so. */
const MAX_PAGES = 10

export const readShelf = async (records: Pick<Records, 'list'>): Promise<readonly CampaignRecord[]> => {
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
