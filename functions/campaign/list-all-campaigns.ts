import { listAllCampaigns } from '../../shared/campaign/campaign-contract.ts'
import { listShelf } from '../../shared/campaign/list-all-campaigns.ts'
import { signedInDoor } from '../../shared/cloud/doors.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { serve } from '../../shared/edge/serve.ts'

export const handler = serve(listAllCampaigns, listShelf, (wiring) => ({
  ...signedInDoor(wiring),
  records: records(wiring),
}))
