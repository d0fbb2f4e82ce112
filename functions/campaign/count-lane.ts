import { countLane } from '../../shared/campaign/closing-contract.ts'
import { countClosedLane } from '../../shared/campaign/count-lane.ts'
import { blobs } from '../../shared/cloud/blobs-s3.ts'
import { clock } from '../../shared/cloud/clock.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { vault } from '../../shared/cloud/vault-kms.ts'
import { consume } from '../../shared/edge/consume.ts'

export const handler = consume(countLane, countClosedLane, (wiring) => ({
  blobs: blobs(wiring),
  clock: clock(wiring),
  records: records(wiring),
  vault: vault(wiring),
}))
