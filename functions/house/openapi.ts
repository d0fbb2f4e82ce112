import { city } from '../../shared/city.ts'
import { publicDoor } from '../../shared/cloud/doors.ts'
import { serve } from '../../shared/edge/serve.ts'
import { openapi } from '../../shared/house/contract.ts'
import { showSpecification } from '../../shared/house/documents.ts'
import { required } from '../../shared/kernel/wiring.ts'

export const handler = serve(openapi, showSpecification(city.endpoints), (wiring) => ({
  ...publicDoor(wiring),
  publicOrigin: required(wiring, 'PUBLIC_ORIGIN'),
}))
