import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../kernel/ports.ts'
import type { PortMaker } from '../kernel/wiring.ts'

export const clock: PortMaker<Clock> = () => ({
  now: () => Date.now(),
  pause: (milliseconds) => pause(milliseconds),
})
