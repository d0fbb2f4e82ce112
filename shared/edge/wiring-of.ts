// The one place where the environment is read, at the first event and never at import.
import type { Wiring } from '../kernel/wiring.ts'

interface Declared {
  readonly name: string
  readonly budgetMs: number
}

export const wiringOf = ({ name, budgetMs }: Declared): Wiring => ({ environment: process.env, name, budgetMs })
