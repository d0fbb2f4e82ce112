// A whole small city in memory: real use cases on memory records, a clock that a test turns by hand, keys from a seed.
import { createHmac } from 'node:crypto'
import { memoryRecords } from '../../shared/cloud/records-memory.ts'
import type { Document } from '../../shared/kernel/bucket.ts'
import type { Instant, Ports } from '../../shared/kernel/ports.ts'
import type { KeyedHash } from '../../shared/kernel/vault.ts'

export interface Sent {
  readonly queue: string
  readonly message: unknown
}

export interface World extends Pick<Ports, 'blobs' | 'clock' | 'random' | 'records' | 'vault' | 'work'> {
  at(instant: string | Instant): void
  readonly sent: Sent[]
  readonly documents: Map<string, Document>
  /** Adds a key version, as a rotation does. */
  rotate(): void
}

const keyed =
  (key: string): KeyedHash =>
  (text) =>
    createHmac('sha256', key).update(text).digest()

export const world = (start = '2026-12-01T12:00:00+08:00'): World => {
  let now: Instant = Date.parse(start)
  let versions = [1]
  let drawn = 0
  const sent: Sent[] = []
  const documents = new Map<string, Document>()
  return {
    at: (instant) => {
      now = typeof instant === 'string' ? Date.parse(instant) : instant
    },
    rotate: () => {
      versions = [versions.length + 1, ...versions]
    },
    sent,
    documents,
    records: memoryRecords(),
    clock: {
      now: () => now,
      pause: async (milliseconds) => {
        now += milliseconds
      },
    },
    random: {
      bytes: (count) => {
        drawn += 1
        return createHmac('sha256', 'seed').update(String(drawn)).digest().subarray(0, count)
      },
      fraction: () => 0.5,
    },
    work: {
      send: async (queue, messages) => {
        for (const message of messages) sent.push({ queue: queue.name, message })
      },
    },
    vault: {
      hashing: async () => ({
        currentVersion: versions[0] ?? 1,
        versions,
        under: (version) => keyed(`citizen-${version}`),
      }),
      newSealedKey: async (purpose) => `${purpose}-${++drawn}`,
      hashingUnder: async (purpose, sealedKey) => keyed(`${purpose}/${sealedKey}`),
      sign: async (key, text) => keyed(key)(text).toString('base64url'),
    },
    blobs: {
      putOnce: async (bucket, path, document) => {
        const place = `${bucket.name}/${path}`
        if (documents.has(place)) return false
        documents.set(place, document)
        return true
      },
      get: async (bucket, path) => documents.get(`${bucket.name}/${path}`),
    },
  }
}
