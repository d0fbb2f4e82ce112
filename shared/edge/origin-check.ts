// Whoever comes through the citizen door came through the CDN, which adds a secret that changes: a direct call would
// go around the web ACL and could write its own CloudFront-Viewer-Address.
import { timingSafeEqual } from 'node:crypto'
import { sha256Bytes } from '../kernel/digest.ts'
import type { Origin } from '../kernel/ports.ts'
import { type Step, stop } from './passage.ts'

export const ORIGIN_HEADER = 'x-origin-secret'

/** Digests have one length, so the comparison takes the same time whatever was sent. */
const isAmong = (given: string, accepted: readonly string[]): boolean => {
  const digest = sha256Bytes(given)
  return accepted.some((secret) => timingSafeEqual(digest, sha256Bytes(secret)))
}

export const checkOrigin = (origin: Origin): Step => {
  return async ({ event }) => {
    if (event.arrival.door !== 'citizen') return undefined
    const given = event.arrival.headers[ORIGIN_HEADER]
    if (given === undefined) return stop(event, 'ORIGIN_REFUSED')
    if (isAmong(given, await origin.secrets())) return undefined
    // The CDN may already send a newer secret than this worker has seen.
    return isAmong(given, await origin.secrets({ refetch: true })) ? undefined : stop(event, 'ORIGIN_REFUSED')
  }
}
