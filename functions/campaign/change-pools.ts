import { changeOwnPools } from '../../shared/campaign/change-pools.ts'
import { changePools } from '../../shared/campaign/registration-contract.ts'
import { signedInDoor } from '../../shared/cloud/doors.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { vault } from '../../shared/cloud/vault-kms.ts'
import { serve } from '../../shared/edge/serve.ts'

export const handler = serve(changePools, changeOwnPools, (wiring) => ({
  ...signedInDoor(wiring),
  records: records(wiring),
  vault: vault(wiring),
}))
