// What happens without anybody waiting: queues with their consumers, and what the clock starts.
import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { acknowledge } from '../constructs/acknowledge.ts'
import { timeoutWithin } from '../constructs/city-function.ts'
import { CityQueue, deadLetterQueue } from '../constructs/city-queue.ts'
import { ConsumerFunction } from '../constructs/consumer-function.ts'
import { ScheduledFunction } from '../constructs/scheduled-function.ts'
import type { House } from '../house.ts'
import type { Keys } from '../keys.ts'
import { pascal } from '../names.ts'

/** Where runs that the clock started, and that failed every retry, are set aside. */
export const MISSED_RUNS = 'missed-runs'

export class WorkStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { house: House; keys: Keys }) {
    super(scope, id, props)
    const { house, keys } = props
    for (const declared of house.city.queues) {
      const consumers = house.city.consumers.filter((placed) => placed.declared.queue.name === declared.name)
      const [consumer, ...others] = consumers
      if (!consumer || others.length > 0) throw new Error(`the queue ${declared.name} needs exactly one consumer`)
      const { queue } = new CityQueue(this, `${pascal(declared.name)}Queue`, {
        house,
        keys,
        name: declared.name,
        maxReceives: declared.maxReceives,
        consumerTimeoutSeconds: timeoutWithin(consumer.declared.budgetMs),
      })
      new ConsumerFunction(this, pascal(consumer.declared.name), { house, keys, placed: consumer, queue })
    }
    if (house.city.schedules.length === 0) return
    const missedRuns = deadLetterQueue(this, 'MissedRuns', house, keys, house.names.queue(MISSED_RUNS))
    acknowledge(missedRuns, {
      'AwsSolutions-SQS3': 'It is itself where failed runs are set aside; an alarm watches it.',
    })
    for (const placed of house.city.schedules) {
      new ScheduledFunction(this, pascal(placed.declared.name), { house, keys, placed, missedRuns })
    }
  }
}
