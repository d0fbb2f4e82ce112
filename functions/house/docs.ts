import { city } from '../../shared/city.ts'
import { publicDoor } from '../../shared/cloud/doors.ts'
import { serve } from '../../shared/edge/serve.ts'
import { docs } from '../../shared/house/contract.ts'
import { showDocs } from '../../shared/house/documents.ts'

export const handler = serve(docs, showDocs(city.endpoints), publicDoor)
