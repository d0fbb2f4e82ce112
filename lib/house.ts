// What every stack of one stage is given: the city as declared, the stage's settings, names, and the code of each function.
import { CfnParameter, Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { City } from '../shared/city.ts'
import type { FunctionSource } from './bundle.ts'
import type { Names } from './names.ts'
import type { Settings } from './settings/shape.ts'

export interface House {
  readonly city: City
  readonly settings: Settings
  readonly names: Names
  readonly directoryOf: (source: FunctionSource) => string
}

/** A declaration's name as its function file is named: `myRegistration` stands in `my-registration.ts`. */
export const fileNameOf = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()

/** Not the city's but the house's own: it turns the key between CDN and edge, where there is a CDN. */
export const ROTATION: FunctionSource = { capability: 'edge', name: 'rotate-origin-secret' }

/** Every function of the city: one each for endpoints, consumers, schedules, and the one for anything else. */
export const functionsOf = (city: City): readonly FunctionSource[] => [
  ...[...city.endpoints, ...city.consumers, ...city.schedules].map(({ capability, declared }) => ({
    capability,
    name: fileNameOf(declared.name),
  })),
  { capability: city.fallback.capability, name: fileNameOf(city.fallback.name) },
]

export interface PublicAddresses {
  readonly publicOrigin: string
  readonly issuer: string
  readonly keySetUrl: string
}

const DEFAULT_LOCAL_ORIGIN = 'http://localhost:4700'
const PARAMETER = 'PublicOrigin'

/** Custom domains from the settings; on the local stage a parameter, since its port is known only when it starts. */
export const addressesOf = (scope: Construct, settings: Settings): PublicAddresses => {
  if (settings.addresses) {
    const { domain, issuer, keySetUrl } = settings.addresses
    return { publicOrigin: `https://${domain}`, issuer, keySetUrl }
  }
  if (settings.stage !== 'local') throw new Error(`the stage ${settings.stage} has no addresses in its settings`)
  const publicOrigin = originParameter(Stack.of(scope)).valueAsString
  return { publicOrigin, issuer: `${publicOrigin}/_local/issuer`, keySetUrl: `${publicOrigin}/_local/issuer/jwks` }
}

const originParameter = (stack: Stack): CfnParameter => {
  const existing = stack.node.tryFindChild(PARAMETER)
  return existing instanceof CfnParameter
    ? existing
    : new CfnParameter(stack, PARAMETER, {
        default: DEFAULT_LOCAL_ORIGIN,
        description: 'Where the local stage listens.',
      })
}
