// CloudWatch embedded metric format (EMF, specification version 0): figures as part of a log line, no call of their own.
import type { Instant } from '../kernel/ports.ts'

const NAMESPACE = 'Tongquan'

interface Figure {
  readonly Name: string
  readonly Unit: 'Milliseconds' | 'Count'
}

const emf = (at: Instant, dimension: string, figures: readonly Figure[]) => ({
  _aws: {
    Timestamp: at,
    CloudWatchMetrics: [{ Namespace: NAMESPACE, Dimensions: [['service', dimension]], Metrics: figures }],
  },
})

const REQUEST_FIGURES: readonly Figure[] = [{ Name: 'latencyMs', Unit: 'Milliseconds' }]
export const requestMetrics = (at: Instant) => emf(at, 'endpoint', REQUEST_FIGURES)

const BATCH_FIGURES: readonly Figure[] = [
  { Name: 'received', Unit: 'Count' },
  { Name: 'failed', Unit: 'Count' },
  { Name: 'latencyMs', Unit: 'Milliseconds' },
]
export const batchMetrics = (at: Instant) => emf(at, 'consumer', BATCH_FIGURES)
