import { reviseCampaign } from '../../shared/campaign/campaign-contract.ts'
import { reviseDraft } from '../../shared/campaign/revise-campaign.ts'
import { signedInDoor } from '../../shared/cloud/doors.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { serve } from '../../shared/edge/serve.ts'

export const handler = serve(reviseCampaign, reviseDraft, (wiring) => ({
  ...signedInDoor(wiring),
  records: records(wiring),
}))
