import { publicDoor } from '../../shared/cloud/doors.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { serve } from '../../shared/edge/serve.ts'
import { health } from '../../shared/house/contract.ts'
import { lookAfter } from '../../shared/house/health.ts'

export const handler = serve(health, lookAfter, (wiring) => ({
  ...publicDoor(wiring),
  records: records(wiring),
}))
