// What stands in front of the citizen door in the cloud: which path goes to which origin, the origin's secret, the viewer's address.
// What a client says about these headers itself never gets through.
import type { IncomingMessage } from 'node:http'
import type { BehaviourPlan, CdnPlan } from '../template/plan.ts'
import { type ViewerFunction, viewerFunctionOf } from './viewer-function.ts'

interface Behaviour {
  readonly plan: BehaviourPlan
  readonly headers: readonly (readonly [string, string])[]
  readonly view: ViewerFunction | undefined
  matches(path: string): boolean
}

export interface Cdn {
  readonly rootObject: string
  behaviourFor(path: string): Behaviour | undefined
}

/** `*` any characters, `?` one, as CloudFront reads them. */
const matcher = (pattern: string): ((path: string) => boolean) => {
  const rooted = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`
  if (rooted === '*' || rooted === '/*') return () => true
  const prefix = rooted.slice(0, -1)
  if (rooted.endsWith('*') && !/[*?]/.test(prefix)) return (path) => path.startsWith(prefix)
  const source = rooted
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const expression = new RegExp(`^${source}$`)
  return (path) => expression.test(path)
}

export const cdnOf = (plan: CdnPlan): Cdn => {
  const behaviours = plan.behaviours.map((behaviour) => ({
    plan: behaviour,
    headers: Object.entries(behaviour.headers),
    view: behaviour.viewerRequest === undefined ? undefined : viewerFunctionOf(behaviour.viewerRequest),
    matches: matcher(behaviour.pattern),
  }))
  return {
    rootObject: plan.rootObject,
    behaviourFor: (path) => behaviours.find((behaviour) => behaviour.matches(path)),
  }
}

/** Changes the headers in place: they belong to this request alone. */
export const asForwarded = (message: IncomingMessage, behaviour: Behaviour): void => {
  const { headers, socket } = message
  for (const name in headers) if (name.startsWith('cloudfront-')) delete headers[name]
  for (const [name, value] of behaviour.headers) headers[name] = value
  const address = socket.remoteAddress ?? ''
  headers['cloudfront-viewer-address'] = `${address}:${socket.remotePort ?? 0}`
  addForwardedFor(message)
}

export const addForwardedFor = ({ headers, socket }: IncomingMessage): void => {
  const before = headers['x-forwarded-for']
  const address = socket.remoteAddress ?? ''
  headers['x-forwarded-for'] = before === undefined ? address : `${String(before)}, ${address}`
  headers['x-forwarded-proto'] = 'https'
}
