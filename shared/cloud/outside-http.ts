// The world outside over HTTP. Nothing is kept here: the edge decides how long a key set is good for.
import type { Outside } from '../kernel/ports.ts'
import type { PortMaker } from '../kernel/wiring.ts'
import { required } from '../kernel/wiring.ts'
import { ATTEMPT_SHARE } from './insist.ts'

/** A key set is a few KB. Whoever answers with more than this is not our issuer. */
const MAX_KEY_SET_BYTES = 65_536

export const outside: PortMaker<Outside> = (wiring) => ({
  async keySet() {
    const signal = AbortSignal.timeout(wiring.budgetMs * ATTEMPT_SHARE)
    const reply = await fetch(required(wiring, 'KEY_SET_URL'), { signal, redirect: 'error' })
    if (!reply.ok) throw new Error(`the key set was answered with ${reply.status}`)
    const text = await reply.text()
    if (Buffer.byteLength(text) > MAX_KEY_SET_BYTES) throw new Error('the key set is too large to be one')
    return JSON.parse(text)
  },
})
