import { randomBytes } from 'node:crypto'
import type { Random } from '../kernel/ports.ts'
import type { PortMaker } from '../kernel/wiring.ts'

export const random: PortMaker<Random> = () => ({
  bytes: (count) => randomBytes(count),
  fraction: () => Math.random(),
})
