// CloudWatch embedded metric format (EMF, specification version 0): figures as part of a log line, no call of their own.
// Dimensions name attributes of the same line: the stage, and what answered.
import type { Instant } from '../kernel/ports.ts'

const NAMESPACE = 'Tongquan'

interface Figure {
  readonly Name: string
  readonly Unit: 'Milliseconds' | 'Count'
}

const emf = (at: Instant, who: string, figures: readonly Figure[]) => ({
  _aws: {
    Timestamp: at,
    CloudWatchMetrics: [{ Namespace: NAMESPACE, Dimensions: [['stage', who]], Metrics: figures }],
  },
})

const REQUEST_FIGURES: readonly Figure[] = [
  { Name: 'latencyMs', Unit: 'Milliseconds' },
  { Name: 'faults', Unit: 'Count' },
]
export const requestMetrics = (at: Instant) => emf(at, 'endpoint', REQUEST_FIGURES)

const BATCH_FIGURES: readonly Figure[] = [
  { Name: 'received', Unit: 'Count' },
  { Name: 'failed', Unit: 'Count' },
  { Name: 'latencyMs', Unit: 'Milliseconds' },
]
export const batchMetrics = (at: Instant) => emf(at, 'consumer', BATCH_FIGURES)
