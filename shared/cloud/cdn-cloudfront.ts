// The CDN's configuration, as far as the origin secret goes. The distribution is found by the address it serves, since
// it is made in another Region than the one that rotates.
import type { DistributionConfig, Origin } from '@aws-sdk/client-cloudfront'
import {
  CloudFrontClient,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront'
import type { Wiring } from '../kernel/wiring.ts'
import { required } from '../kernel/wiring.ts'
import type { Cdn } from './origin-secret-rotation.ts'

/** Where CloudFront is configured, whatever Region asks. */
const CONTROL_REGION = 'us-east-1'
const HEADER = 'x-origin-secret'
/** 100 to a page; an account holds 200 unless it asked for more. */
const MAX_PAGES = 20
const MAX_ATTEMPTS = 5

export const cdn = (wiring: Wiring): Cdn => {
  const client = new CloudFrontClient({ region: CONTROL_REGION, maxAttempts: MAX_ATTEMPTS })
  const address = new URL(required(wiring, 'PUBLIC_ORIGIN')).hostname
  let found: Promise<string> | undefined
  const id = () => {
    found ??= distributionServing(client, address)
    return found
  }
  return {
    async sendSecret(value) {
      const { DistributionConfig: config, ETag } = await client.send(
        new GetDistributionConfigCommand({ Id: await id() }),
      )
      if (config === undefined) throw new Error('the CDN has no configuration')
      const changed = withSecret(config, value)
      // The tag stops a change made by somebody else in between from being written over.
      if (changed)
        await client.send(new UpdateDistributionCommand({ Id: await id(), IfMatch: ETag, DistributionConfig: changed }))
    },
    async isDeployed() {
      const reply = await client.send(new GetDistributionCommand({ Id: await id() }))
      return reply.Distribution?.Status === 'Deployed'
    },
  }
}

const distributionServing = async (client: CloudFrontClient, address: string): Promise<string> => {
  let marker: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const { DistributionList: list } = await client.send(
      new ListDistributionsCommand({ ...(marker && { Marker: marker }) }),
    )
    const match = list?.Items?.find(({ Aliases }) => Aliases?.Items?.includes(address))
    if (match?.Id !== undefined) return match.Id
    if (!list?.NextMarker) break
    marker = list.NextMarker
  }
  throw new Error(`no distribution serves ${address}`)
}

/** The configuration with the secret in place; `undefined` when it is so already. */
export const withSecret = (config: DistributionConfig, value: string): DistributionConfig | undefined => {
  const origins = config.Origins?.Items ?? []
  const bearers = origins.filter((origin) => headerOf(origin) !== undefined)
  if (bearers.length === 0) throw new Error(`no origin of the CDN is sent ${HEADER}`)
  if (bearers.every((origin) => headerOf(origin)?.HeaderValue === value)) return undefined
  return { ...config, Origins: { Quantity: origins.length, Items: origins.map((origin) => bearing(origin, value)) } }
}

const isSecret = ({ HeaderName }: { HeaderName: string | undefined }) => HeaderName?.toLowerCase() === HEADER

const headerOf = (origin: Origin) => origin.CustomHeaders?.Items?.find(isSecret)

const bearing = (origin: Origin, value: string): Origin => {
  const headers = origin.CustomHeaders?.Items ?? []
  if (!headers.some(isSecret)) return origin
  const Items = headers.map((header) => (isSecret(header) ? { ...header, HeaderValue: value } : header))
  return { ...origin, CustomHeaders: { Quantity: Items.length, Items } }
}
