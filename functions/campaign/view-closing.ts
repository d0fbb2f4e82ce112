import { viewClosing } from '../../shared/campaign/closing-contract.ts'
import { viewLaneCounts } from '../../shared/campaign/view-closing.ts'
import { agencyDoor } from '../../shared/cloud/doors.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { serve } from '../../shared/edge/serve.ts'

export const handler = serve(viewClosing, viewLaneCounts, (wiring) => ({
  ...agencyDoor(wiring),
  records: records(wiring),
}))
