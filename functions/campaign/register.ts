import { registerCitizen } from '../../shared/campaign/register.ts'
import { register } from '../../shared/campaign/registration-contract.ts'
import { signedInDoor } from '../../shared/cloud/doors.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { vault } from '../../shared/cloud/vault-kms.ts'
import { serve } from '../../shared/edge/serve.ts'

export const handler = serve(register, registerCitizen, (wiring) => ({
  ...signedInDoor(wiring),
  records: records(wiring),
  vault: vault(wiring),
}))
