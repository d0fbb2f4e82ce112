// What every AWS client of ours is built with. Region, keys and endpoint come from the wiring and are resolved once;
// the SDK's chain of credential providers is only walked where the environment holds no keys.
import type { Wiring } from '../kernel/wiring.ts'
import { required } from '../kernel/wiring.ts'
import { ATTEMPT_SHARE } from './insist.ts'
import { QuickSha256 } from './quick-sha256.ts'

export type Service = 'DYNAMODB' | 'SQS' | 'KMS' | 'SECRETS_MANAGER' | 'S3'

/** More than the 250 in flight of the opening hour, so that no request waits for a socket. */
const MAX_SOCKETS = 512
/** A reply that stops half-way. Below 6 s the SDK would set a timer on the socket for every request. */
const SILENT_SOCKET_MS = 6_000

export const clientSettings = (wiring: Wiring, service: Service) => {
  const credentials = credentialsOf(wiring)
  const endpoint = wiring.environment[`AWS_ENDPOINT_URL_${service}`] || undefined
  return {
    region: required(wiring, 'AWS_REGION'),
    maxAttempts: 1,
    sha256: QuickSha256,
    requestHandler: {
      requestTimeout: wiring.budgetMs * ATTEMPT_SHARE,
      throwOnRequestTimeout: true,
      socketTimeout: SILENT_SOCKET_MS,
      httpAgent: { maxSockets: MAX_SOCKETS },
      httpsAgent: { maxSockets: MAX_SOCKETS },
    },
    ...(credentials && { credentials }),
    ...(endpoint && { endpoint }),
  }
}

const credentialsOf = ({ environment }: Wiring) => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = environment
  if (!accessKeyId || !secretAccessKey) return undefined
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
}
