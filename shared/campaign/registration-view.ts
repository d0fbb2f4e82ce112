// A registration as the person sees it.
import type { Lane } from '../kernel/caller.ts'
import { taipeiTime } from '../kernel/taipei-time.ts'
import { registrationNumberOf } from './entrant.ts'
import type { RegistrationRecord } from './records.ts'
import type { CampaignId, Registration } from './words.ts'

export const registrationView = (campaignId: CampaignId, lane: Lane, record: RegistrationRecord): Registration => ({
  campaignId,
  registrationNumber: registrationNumberOf(campaignId, record.entrant),
  lane,
  pools: record.pools,
  status: record.status,
  revision: record.revision,
  registeredAt: taipeiTime(record.registeredAt),
  ...(record.changedAt === undefined ? {} : { changedAt: taipeiTime(record.changedAt) }),
  advantageOfBeingEarly: 'NONE',
})
