import { listForAgencies } from '../../shared/campaign/campaign-contract.ts'
import { listPublished } from '../../shared/campaign/list-campaigns.ts'
import { agencyDoor } from '../../shared/cloud/doors.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { serve } from '../../shared/edge/serve.ts'

export const handler = serve(listForAgencies, listPublished, (wiring) => ({
  ...agencyDoor(wiring),
  records: records(wiring),
}))
