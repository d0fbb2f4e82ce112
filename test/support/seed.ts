// Every property run is random unless SEED is set. fast-check prints the seed of a failed run; `SEED=<it>` repeats the run.
import { configureGlobal } from 'fast-check'

const seed = process.env.SEED
if (seed !== undefined && seed !== '') configureGlobal({ seed: Number.parseInt(seed, 10) })
