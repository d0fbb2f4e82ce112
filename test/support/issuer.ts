// Tokens for tests, from an issuer that lives in the test alone and cannot be deployed.
import { createPrivateKey } from 'node:crypto'
import { exportJWK, exportPKCS8, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export const ISSUER = 'https://id.test.invalid/oidc'

export interface TestIssuer {
  readonly keySet: () => Promise<unknown>
  readonly token: (claims?: JWTPayload, changes?: TokenChanges) => Promise<string>
}

export interface TokenChanges {
  readonly issuer?: string
  readonly audience?: string
  readonly typ?: string
  readonly kid?: string
  /** Seconds since 1970. */
  readonly issuedAt?: number
  readonly lifeSeconds?: number
  readonly algorithm?: 'RS256' | 'RS512' | 'PS256'
  /** As a careless issuer would: without exp. */
  readonly lasting?: boolean
}

export const CITIZEN_AUDIENCE = 'urn:tongquan:service:voucher'
export const STAFF_AUDIENCE = 'urn:tongquan:service:staff'

export const testIssuer = async (nowSeconds: number, kid = 'key-1'): Promise<TestIssuer> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const pem = await exportPKCS8(privateKey)
  const published = { ...(await exportJWK(publicKey)), kid, use: 'sig' }
  return {
    keySet: async () => ({ keys: [published] }),
    token: async (claims = { sub: 'pairwise-subject-1', lane: 'odd', tier: 'B' }, changes = {}) => {
      const issuedAt = changes.issuedAt ?? nowSeconds
      const algorithm = changes.algorithm ?? 'RS256'
      const token = new SignJWT(claims)
        .setProtectedHeader({ alg: algorithm, typ: changes.typ ?? 'at+jwt', kid: changes.kid ?? kid })
        .setIssuer(changes.issuer ?? ISSUER)
        .setAudience(changes.audience ?? CITIZEN_AUDIENCE)
        .setIssuedAt(issuedAt)
      if (!changes.lasting) token.setExpirationTime(issuedAt + (changes.lifeSeconds ?? 600))
      return token.sign(createPrivateKey(pem))
    },
  }
}
