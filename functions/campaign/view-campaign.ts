import { viewCampaign } from '../../shared/campaign/campaign-contract.ts'
import { viewPublished } from '../../shared/campaign/view-campaign.ts'
import { publicDoor } from '../../shared/cloud/doors.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { serve } from '../../shared/edge/serve.ts'

export const handler = serve(viewCampaign, viewPublished, (wiring) => ({
  ...publicDoor(wiring),
  records: records(wiring),
}))
