// A sign-in for the local stage alone, until the city has its own: whoever can reach this machine gets a token for any number.
// A synthesized dev or prod template knows nothing of it.
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
} from 'node:crypto'
import { z } from 'zod'
import { type IdentityNumber, readIdentityNumber } from '../../shared/person/identity-number.ts'
import { keptFile } from '../process/kept-file.ts'

/** A rehearsal lasts a few hours; nobody needs a longer token. */
export const MAX_TOKEN_SECONDS = 86_400
const TOKEN_SECONDS = 3_600

const Kept = z.object({ privateKey: z.string(), subjectKey: z.string() })

export interface Issuer {
  readonly keySet: string
  citizen(identity: IdentityNumber, seconds?: number): string
  operator(name: string, seconds?: number): string
}

const made = (): z.infer<typeof Kept> => ({
  privateKey: generateKeyPairSync('rsa', { modulusLength: 2_048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
  subjectKey: randomBytes(32).toString('base64'),
})

/** The same key and the same subjects for the life of a DATA_DIR. */
export const openIssuer = (dataDir: string, issuer: string, now: () => number = Date.now): Issuer => {
  const kept = keptFile(dataDir, 'issuer.json', Kept, made)
  const key = createPrivateKey(kept.privateKey)
  const jwk = createPublicKey(key).export({ format: 'jwk' })
  const kid = createHash('sha256')
    .update(JSON.stringify({ e: jwk.e, kty: jwk.kty, n: jwk.n }))
    .digest('base64url')
  const subjectKey = Buffer.from(kept.subjectKey, 'base64')
  const header = encode({ alg: 'RS256', kid, typ: 'at+jwt' })
  const token = (claims: object, seconds = TOKEN_SECONDS): string => {
    const iat = Math.floor(now() / 1_000)
    return signed(key, `${header}.${encode({ iss: issuer, ...claims, iat, exp: iat + seconds, jti: randomUUID() })}`)
  }
  return {
    keySet: JSON.stringify({ keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] }),
    citizen: (identity, seconds) =>
      token(
        {
          aud: 'urn:tongquan:service:voucher',
          sub: subjectOf(subjectKey, identity.number),
          lane: identity.lane,
          tier: 'B',
        },
        seconds,
      ),
    operator: (name, seconds) => token({ aud: 'urn:tongquan:service:staff', sub: name, groups: ['operator'] }, seconds),
  }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const signed = (key: KeyObject, text: string): string =>
  `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
const subjectOf = (key: Buffer, number: string): string => createHmac('sha256', key).update(number).digest('base64url')

export interface Page {
  readonly status: number
  readonly type: string
  readonly body: string
}

const text = (status: number, body: string): Page => ({ status, type: 'text/plain; charset=utf-8', body })

const secondsOf = (given: string | null): number | undefined => {
  const seconds = Number(given ?? TOKEN_SECONDS)
  return Number.isInteger(seconds) && Math.abs(seconds) <= MAX_TOKEN_SECONDS ? seconds : undefined
}

/** `undefined` for a path that is not the issuer's. */
export const issuerPage = (issuer: Issuer, path: string, query: URLSearchParams): Page | undefined => {
  if (path === '/_local/issuer/jwks') return { status: 200, type: 'application/json', body: issuer.keySet }
  const seconds = secondsOf(query.get('seconds'))
  if (path === '/_local/tokens/citizen') {
    const identity = readIdentityNumber(query.get('number') ?? '')
    if (!identity) return text(400, 'Ask with ?number=A123456789, a valid identity number.\n')
    return seconds === undefined
      ? text(400, `seconds: at most ${MAX_TOKEN_SECONDS}.\n`)
      : text(200, issuer.citizen(identity, seconds))
  }
  if (path === '/_local/tokens/operator') {
    return seconds === undefined
      ? text(400, `seconds: at most ${MAX_TOKEN_SECONDS}.\n`)
      : text(200, issuer.operator(query.get('name') ?? 'operator-local', seconds))
  }
  return undefined
}
