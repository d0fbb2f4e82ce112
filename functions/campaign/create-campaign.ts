import { createCampaign } from '../../shared/campaign/campaign-contract.ts'
import { createDraft } from '../../shared/campaign/create-campaign.ts'
import { signedInDoor } from '../../shared/cloud/doors.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { serve } from '../../shared/edge/serve.ts'

export const handler = serve(createCampaign, createDraft, (wiring) => ({
  ...signedInDoor(wiring),
  records: records(wiring),
}))
