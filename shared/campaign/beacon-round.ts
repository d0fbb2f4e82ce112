// The draw uses one round of the drand quicknet beacon: the first at or after the draw time. It follows from the time
// alone, is fixed at publication, and its value is not known to anyone before.
import type { Instant } from '../kernel/ports.ts'

/** Chain parameters of quicknet as published by the League of Entropy. */
const QUICKNET = {
  chainHash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  genesisSeconds: 1_692_803_367,
  periodSeconds: 3,
} as const

/** Round 1 is emitted at genesis. */
export const beaconRoundAt = (drawsAt: Instant) => {
  const sinceGenesis = drawsAt / 1_000 - QUICKNET.genesisSeconds
  return { chainHash: QUICKNET.chainHash, round: Math.max(0, Math.ceil(sinceGenesis / QUICKNET.periodSeconds)) + 1 }
}
