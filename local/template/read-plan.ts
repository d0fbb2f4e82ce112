// From the synthesized template to the plan of the stage. Whatever the stage cannot do stops here, by name.
import { Sentence } from '../sentence.ts'
import { readAssembly } from './assembly.ts'
import { isHelperOfCdk, kinds } from './kinds.ts'
import { type Land, landOf } from './land.ts'
import type { Plan } from './plan.ts'
import { readAgencyDoor } from './read-agency-door.ts'
import { readCdn } from './read-cdn.ts'
import { readCitizenDoor } from './read-citizen-door.ts'
import { readFunctions } from './read-functions.ts'
import { readGrants } from './read-grants.ts'
import { readMappings, readQueues } from './read-queues.ts'
import { readSchedules } from './read-schedules.ts'
import { readTables } from './read-tables.ts'
import { readBuckets, readKeys, readSecrets } from './read-vault.ts'
import type { Setting } from './site.ts'

export const readPlan = (assembly: string, setting: Setting): Plan => {
  const land = landOf(readAssembly(assembly), setting)
  refuseUnknown(land)
  const functions = readFunctions(land)
  const citizenDoor = readCitizenDoor(land)
  const agencyDoor = readAgencyDoor(land)
  const cdn = readCdn(land)
  return {
    region: setting.region,
    account: setting.account,
    functions,
    tables: readTables(land),
    queues: readQueues(land),
    mappings: readMappings(land),
    schedules: readSchedules(land),
    buckets: readBuckets(land),
    keys: readKeys(land),
    secrets: readSecrets(land),
    ...(citizenDoor ? { citizenDoor } : {}),
    ...(agencyDoor ? { agencyDoor } : {}),
    ...(cdn ? { cdn } : {}),
    grants: readGrants(land, functions),
  }
}

const refuseUnknown = (land: Land): void => {
  for (const { resource } of land.all()) {
    const kind = kinds[resource.type]
    const name = `${resource.path} (${resource.id}, ${resource.type})`
    if (!kind)
      throw new Sentence(`The local stage does not know the resource ${name}. Add its type to local/template/kinds.ts.`)
    if (kind.how === 'refused' && !isHelperOfCdk(resource.path)) {
      throw new Sentence(`The local stage refuses the resource ${name}: ${kind.says}.`)
    }
  }
}
