// What an error of an AWS client says about the request: refused with nothing done, nobody knows, or final.
export type Trouble = 'refused' | 'unknown' | 'final'

/** Thrown to the retry loop when the engine had no room for a part of a batch. */
export class EngineRefused extends Error {
  override readonly name = 'EngineRefused'
}

/** The engine says so itself: nothing was done, and asking again may help. */
const refusals: ReadonlySet<string> = new Set([
  'EngineRefused',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'RequestThrottled',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'SlowDown',
  'ConditionalRequestConflict',
])

/** Reasons of a cancelled transaction, likewise. `None` stands beside them for the steps that were fine. */
const refusedSteps: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'None',
])

/** The line broke: before anything was sent (refused), or anywhere on the way. */
const neverSent: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])
const brokenLines: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ECONNABORTED',
  'ERR_STREAM_PREMATURE_CLOSE',
])

const SERVER_FAULT = 500

export const troubleOf = (error: unknown): Trouble => {
  if (!(error instanceof Error)) return 'final'
  if (refusals.has(error.name)) return 'refused'
  if (error.name === 'TransactionCanceledException') return isRefusedCancellation(error) ? 'refused' : 'final'
  const code = codeOf(error)
  if (neverSent.has(code)) return 'refused'
  const isBroken = error.name === 'TimeoutError' || error.message === 'aborted' || brokenLines.has(code)
  return isBroken || statusOf(error) >= SERVER_FAULT ? 'unknown' : 'final'
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

const statusOf = (error: Error): number => {
  if (!('$metadata' in error)) return 0
  const metadata = error.$metadata
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return 0
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : 0
}

const isRefusedCancellation = (error: Error): boolean => {
  const codes =
    'CancellationReasons' in error && Array.isArray(error.CancellationReasons) ? error.CancellationReasons : []
  return (
    codes.length > 0 && codes.every((reason: { readonly Code?: string }) => refusedSteps.has(reason.Code ?? 'None'))
  )
}
