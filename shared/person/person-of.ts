// Finds the person behind a proven identity number, or makes the record at the first proof.
// The keys under every version are written together: two workers that know different versions still meet in one row.
import type { Ports } from '../kernel/ports.ts'
import { putting } from '../kernel/records.ts'
import { citizenKeysOf } from './citizen-key.ts'
import { type CitizenKey, citizenKeys, PersonId, people } from './records.ts'

type Needs = Pick<Ports, 'clock' | 'random' | 'records' | 'vault'>

const PERSON_ID_BYTES = 16

export const personOf =
  (ports: Needs) =>
  async (canonicalNumber: string): Promise<PersonId> => {
    const keys = await citizenKeysOf(ports.vault, canonicalNumber)
    const known = await ports.records.getMany(
      citizenKeys,
      keys.map((citizenKey) => ({ citizenKey })),
    )
    const found = known.find((row) => row !== undefined)
    if (found === undefined) return firstProof(ports, keys)
    await rememberUnder(
      ports,
      keys.filter((_, place) => known[place] === undefined),
      found.personId,
    )
    return found.personId
  }

const firstProof = async (ports: Needs, keys: readonly CitizenKey[]): Promise<PersonId> => {
  const personId = PersonId.parse(ports.random.bytes(PERSON_ID_BYTES).toString('base64url'))
  const made = await ports.records.together([
    putting(people, { personId, knownSince: ports.clock.now() }),
    ...keys.map((citizenKey) => putting(citizenKeys, { citizenKey, personId })),
  ])
  if (made.ok) return personId
  // Somebody proved the same number a moment earlier: theirs stands.
  return citizenKeys.item.parse(made.refusal.found).personId
}

/** After a rotation the row under the new key is added; another worker adding the same is no harm. */
const rememberUnder = async (ports: Needs, keys: readonly CitizenKey[], personId: PersonId): Promise<void> => {
  for (const citizenKey of keys) await ports.records.putIfAbsent(citizenKeys, { citizenKey, personId })
}
