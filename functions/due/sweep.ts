import { sweep } from '../../shared/city.ts'
import { clock } from '../../shared/cloud/clock.ts'
import { records } from '../../shared/cloud/records-dynamodb.ts'
import { work } from '../../shared/cloud/work-sqs.ts'
import { sweepDue } from '../../shared/due/sweep.ts'
import { run } from '../../shared/edge/run.ts'

export const handler = run(sweep, sweepDue(sweep), (wiring) => ({
  clock: clock(wiring),
  records: records(wiring),
  work: work(wiring),
}))
