import { publishCampaign } from '../../shared/campaign/campaign-contract.ts'
import { publishDraft } from '../../shared/campaign/publish-campaign.ts'
import { signedInDoor } from '../../shared/cloud/doors.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { vault } from '../../shared/cloud/vault-kms.ts'
import { serve } from '../../shared/edge/serve.ts'

export const handler = serve(publishCampaign, publishDraft, (wiring) => ({
  ...signedInDoor(wiring),
  records: records(wiring),
  vault: vault(wiring),
}))
