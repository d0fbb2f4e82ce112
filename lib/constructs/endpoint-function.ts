// The function of one endpoint. Only the citizen door knows the origin secret and the sign-in's key set;
// the agency door is guarded by the gateway's own keys.
import type { Construct } from 'constructs'
import type { Placed } from '../../shared/city.ts'
import { doorOf, type Endpoint } from '../../shared/kernel/endpoint.ts'
import { readSecret } from '../grants.ts'
import { addressesOf, fileNameOf, type House } from '../house.ts'
import type { Keys } from '../keys.ts'
import { CityFunction, MAX_ENDPOINT_TIMEOUT_SECONDS } from './city-function.ts'

const needsSignIn = (declared: Endpoint) => declared.caller.who === 'citizen' || declared.caller.who === 'operator'

const doorEnvironment = (scope: Construct, house: House, keys: Keys, declared: Endpoint): Record<string, string> => {
  const { publicOrigin, issuer, keySetUrl } = addressesOf(scope, house.settings)
  return {
    PUBLIC_ORIGIN: publicOrigin,
    ...(doorOf(declared) === 'citizen' ? { ORIGIN_SECRET_ARN: keys.origin.secretArn } : {}),
    ...(needsSignIn(declared) ? { ISSUER: issuer, KEY_SET_URL: keySetUrl } : {}),
  }
}

export const endpointFunction = (
  scope: Construct,
  id: string,
  house: House,
  keys: Keys,
  placed: Placed<Endpoint>,
  environment: Readonly<Record<string, string>> = {},
): CityFunction => {
  const { capability, declared } = placed
  return new CityFunction(scope, id, {
    house,
    keys,
    source: { capability, name: fileNameOf(declared.name) },
    powers: declared,
    budgetMs: declared.budgetMs,
    harm: declared.harm,
    longestSeconds: MAX_ENDPOINT_TIMEOUT_SECONDS,
    environment: { ...doorEnvironment(scope, house, keys, declared), ...environment },
    statements: doorOf(declared) === 'citizen' ? readSecret(keys, keys.origin.secretArn) : [],
  })
}

/** The function that answers for unknown routes and methods at both doors. */
export const fallbackFunction = (scope: Construct, id: string, house: House, keys: Keys): CityFunction => {
  const { capability, name, budgetMs, harm } = house.city.fallback
  return new CityFunction(scope, id, {
    house,
    keys,
    source: { capability, name: fileNameOf(name) },
    powers: {},
    budgetMs,
    harm,
    longestSeconds: MAX_ENDPOINT_TIMEOUT_SECONDS,
    environment: {
      PUBLIC_ORIGIN: addressesOf(scope, house.settings).publicOrigin,
      ORIGIN_SECRET_ARN: keys.origin.secretArn,
    },
    statements: readSecret(keys, keys.origin.secretArn),
  })
}
