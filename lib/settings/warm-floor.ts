// What a table was ever warmed to. AWS never lets it be lowered, and a template that asks for less fails half-way through a
// deployment; so once deployed, a number here only rises. A law compares (test/lib/limits.law.test.ts).
export interface Warmth {
  readonly writesPerSecond: number
  readonly readsPerSecond: number
}

export const warmFloor: Readonly<Record<'dev' | 'prod', Readonly<Record<string, Warmth>>>> = {
  dev: {},
  prod: {
    'registrations-odd': { writesPerSecond: 10_000, readsPerSecond: 12_000 },
    'registrations-even': { writesPerSecond: 10_000, readsPerSecond: 12_000 },
  },
}
