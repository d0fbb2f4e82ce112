// Tokens for a storm, signed beforehand on all cores. The stage's own issuer makes them from its key file in DATA_DIR: a
// helper of the bench on this machine, which nothing that is deployed could use.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

export interface MintOrder {
  readonly dataDir: string
  readonly origin: string
  readonly from: number
  readonly to: number
}

interface Wanted {
  readonly dataDir: string
  readonly origin: string
  readonly firstPerson: number
  readonly people: number
}

export const mintTokens = async (
  { dataDir, origin, firstPerson, people }: Wanted,
  progress: (done: number) => void,
): Promise<readonly string[]> => {
  const threads = Math.min(availableParallelism(), people)
  let done = 0
  const shares = Array.from({ length: threads }, (_, thread) => {
    const from = firstPerson + Math.round((people * thread) / threads)
    const to = firstPerson + Math.round((people * (thread + 1)) / threads)
    return mintShare({ dataDir, origin, from, to }, (more) => {
      done += more
      progress(done)
    })
  })
  return (await Promise.all(shares)).flat()
}

const mintShare = (order: MintOrder, progress: (more: number) => void): Promise<readonly string[]> =>
  new Promise((done, failed) => {
    const tokens: string[] = []
    const thread = new Worker(new URL('mint-thread.ts', import.meta.url), { workerData: order })
    thread.on('message', (batch: readonly string[]) => {
      tokens.push(...batch)
      progress(batch.length)
    })
    thread.on('error', failed)
    thread.on('exit', () =>
      tokens.length === order.to - order.from
        ? done(tokens)
        : failed(new Error('a thread that mints tokens ended early')),
    )
  })
