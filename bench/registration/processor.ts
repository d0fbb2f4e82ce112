// How much processor time a process has used, all its threads together and its main thread alone. Linux keeps that under
// /proc in ticks of 10 ms, which is fine over many seconds; elsewhere the split is left out.
import { readFileSync } from 'node:fs'

const MS_PER_TICK = 10

export const canReadProcessors = process.platform === 'linux'

export interface Used {
  readonly allMs: number
  readonly mainMs: number
}

export const usedBy = (pid: number): Used => ({
  allMs: ticksIn(`/proc/${pid}/stat`) * MS_PER_TICK,
  mainMs: ticksIn(`/proc/${pid}/task/${pid}/stat`) * MS_PER_TICK,
})

/** Fields 14 and 15 of proc(5): user and system; the name in brackets before them may hold blanks. */
const ticksIn = (file: string): number => {
  const text = readFileSync(file, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

export const since = (before: readonly Used[], after: readonly Used[]): Used => {
  const sum = (part: keyof Used) =>
    after.reduce((total, each, place) => total + each[part] - (before[place]?.[part] ?? 0), 0)
  return { allMs: sum('allMs'), mainMs: sum('mainMs') }
}
