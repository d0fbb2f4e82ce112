// The origin secret in Secrets Manager. While it is rotated the CDN may send the coming, the current or the former value,
// so all three are accepted.
import type { Origin } from '../kernel/ports.ts'
import { MAX_SECRET_AGE_MS } from '../kernel/vault.ts'
import type { PortMaker, Wiring } from '../kernel/wiring.ts'
import { required } from '../kernel/wiring.ts'
import type { Patience } from './insist.ts'
import { kept } from './kept.ts'
import { patienceFor } from './patience.ts'
import type { SecretReader } from './secret-reader.ts'
import { secretReader } from './secret-reader.ts'

export const origin: PortMaker<Origin> = (wiring) => originWith(wiring)

export const originWith = (wiring: Wiring, given: Partial<Pick<Patience, 'clock' | 'random'>> = {}): Origin => {
  const patience = patienceFor(wiring, 'origin', given)
  const reader = secretReader(wiring, patience)
  const arn = required(wiring, 'ORIGIN_SECRET_ARN')
  const secrets = kept(patience.clock, MAX_SECRET_AGE_MS, () => acceptedFrom(reader, arn))
  return { secrets: (how) => secrets.get(how) }
}

const acceptedFrom = async (reader: SecretReader, arn: string): Promise<readonly string[]> => {
  const values = await Promise.all([
    reader.read(arn, 'AWSCURRENT'),
    reader.readIfThere(arn, 'AWSPENDING'),
    reader.readIfThere(arn, 'AWSPREVIOUS'),
  ])
  return [...new Set(values.filter((value) => value !== undefined))]
}
