// The seeded dice of chaos: each kind of fault has its own sequence, so that more of one does not change another.
// mulberry32, a small generator of 32-bit state; nothing secret hangs on it.
export interface Dice {
  /** In [0, 1). */
  roll(kind: string): number
}

const FNV_OFFSET = 2_166_136_261
const FNV_PRIME = 16_777_619

const mixed = (seed: number, kind: string): number => {
  let hash = (FNV_OFFSET ^ seed) >>> 0
  for (let index = 0; index < kind.length; index += 1) hash = Math.imul(hash ^ kind.charCodeAt(index), FNV_PRIME) >>> 0
  return hash
}

export const diceOf = (seed: number): Dice => {
  const states = new Map<string, number>()
  return {
    roll: (kind) => {
      const state = ((states.get(kind) ?? mixed(seed, kind)) + 0x6d2b79f5) >>> 0
      states.set(kind, state)
      let value = Math.imul(state ^ (state >>> 15), state | 1)
      value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
      return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
    },
  }
}

export interface Counts {
  add(kind: string): void
  all(): Readonly<Record<string, number>>
}

export const counts = (): Counts => {
  const seen: Record<string, number> = {}
  return {
    add: (kind) => {
      seen[kind] = (seen[kind] ?? 0) + 1
    },
    all: () => seen,
  }
}
