// Sealed keys that this process has opened, each opened once. The oldest is let go first; one that could not be opened is
// asked for again the next time.
import type { KeyedHash } from '../kernel/vault.ts'

/** A campaign has one key, and a city runs few campaigns at a time. */
const MAX_OPENED = 256

export type Open = (purpose: string, sealedKey: string) => Promise<KeyedHash>

export const openedOnce = (open: Open): Open => {
  const opened = new Map<string, Promise<KeyedHash>>()
  return (purpose, sealedKey) => {
    const name = `${purpose} ${sealedKey}`
    const known = opened.get(name)
    if (known) return known
    const opening = open(purpose, sealedKey)
    opened.set(name, opening)
    opening.catch(() => opened.delete(name))
    const [oldest] = opened.keys()
    if (opened.size > MAX_OPENED && oldest !== undefined) opened.delete(oldest)
    return opening
  }
}
