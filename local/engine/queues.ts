// The queues: fauxqs inside the primary process, reachable from this machine only. Its messages are lost when the stage stops,
// which the city must bear anyway: the record is the truth, the queue is a hint.
import type { QueuePlan } from '../template/plan.ts'
import { awsJson } from './aws-json.ts'

export interface Queues {
  readonly endpoint: string
  make(queues: readonly QueuePlan[]): Promise<void>
  stop(): Promise<void>
}

export const startQueues = async (region: string): Promise<Queues> => {
  // It takes a while to load: not before a start has come this far.
  const { buildApp } = await import('fauxqs')
  const app = buildApp({ logger: false, defaultRegion: region, host: '127.0.0.1' })
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' })
  const call = awsJson(endpoint, 'AmazonSQS', region)
  return {
    endpoint,
    make: async (queues) => {
      // Dead letters first: a redrive policy names a queue that must be there.
      const ordered = [...queues].sort((left, right) => rank(left) - rank(right))
      for (const queue of ordered) await call('CreateQueue', { QueueName: queue.name, Attributes: queue.attributes })
    },
    stop: () => app.close(),
  }
}

const rank = (queue: QueuePlan): number => ('RedrivePolicy' in queue.attributes ? 1 : 0)
