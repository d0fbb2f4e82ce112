// What the three kinds of doors need, by who may come in: everyone passes the CDN, whoever signs in shows a token,
// agencies come through the gateway that checks their keys.
import type { Clock, Origin, Outside } from '../kernel/ports.ts'
import type { Wiring } from '../kernel/wiring.ts'
import { clock } from './clock.ts'
import { origin } from './origin-secrets-manager.ts'
import { outside } from './outside-http.ts'

export const publicDoor = (wiring: Wiring): { readonly clock: Clock; readonly origin: Origin } => ({
  clock: clock(wiring),
  origin: origin(wiring),
})

export const signedInDoor = (
  wiring: Wiring,
): { readonly clock: Clock; readonly origin: Origin; readonly outside: Outside } => ({
  ...publicDoor(wiring),
  outside: outside(wiring),
})

export const agencyDoor = (wiring: Wiring): { readonly clock: Clock } => ({ clock: clock(wiring) })
