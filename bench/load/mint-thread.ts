import { parentPort, workerData } from 'node:worker_threads'
import { MAX_TOKEN_SECONDS, openIssuer } from '../../local/outside/issuer.ts'
import type { MintOrder } from './mint.ts'
import { personAt } from './people.ts'

const BATCH = 500

const mint = ({ dataDir, origin, from, to }: MintOrder): void => {
  const issuer = openIssuer(dataDir, `${origin}/_local/issuer`)
  for (let start = from; start < to; start += BATCH) {
    const batch: string[] = []
    for (let person = start; person < Math.min(start + BATCH, to); person += 1) {
      batch.push(issuer.citizen(personAt(person), MAX_TOKEN_SECONDS))
    }
    parentPort?.postMessage(batch)
  }
}

mint(workerData)
