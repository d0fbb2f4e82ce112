import { listCampaigns } from '../../shared/campaign/campaign-contract.ts'
import { listPublished } from '../../shared/campaign/list-campaigns.ts'
import { publicDoor } from '../../shared/cloud/doors.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { serve } from '../../shared/edge/serve.ts'

export const handler = serve(listCampaigns, listPublished, (wiring) => ({
  ...publicDoor(wiring),
  records: records(wiring),
}))
