// Rotates the origin secret in Secrets Manager's four steps. Each may come again, after any crash, and does then what is
// still to do: a value once made is kept, a header once set is not set again, and the old value is accepted until the end.
import * as z from 'zod'
import type { Clock, Random } from '../kernel/ports.ts'
import { assertNever } from '../kernel/result.ts'

export const RotationEvent = z.object({
  Step: z.enum(['createSecret', 'setSecret', 'testSecret', 'finishSecret']),
  SecretId: z.string().min(1),
  ClientRequestToken: z.string().min(1),
})
export type RotationEvent = z.infer<typeof RotationEvent>

/** One secret, whose versions are known by their tokens. */
export interface RotatedSecret {
  /** The stages (`AWSCURRENT`, `AWSPENDING`) of each version. */
  stages(): Promise<Readonly<Record<string, readonly string[]>>>
  /** `undefined` while the version holds nothing. */
  read(token: string): Promise<string | undefined>
  putPending(token: string, value: string): Promise<void>
  makeCurrent(token: string, former: string | undefined): Promise<void>
}

export interface Cdn {
  /** Changes the header that the CDN sends; nothing when it is so already. */
  sendSecret(value: string): Promise<void>
  isDeployed(): Promise<boolean>
}

export interface RotationPorts {
  readonly secret: RotatedSecret
  readonly cdn: Cdn
  readonly clock: Clock
  readonly random: Random
}

/** 384 bits: as long as what the first value is made of. */
const SECRET_BYTES = 48
/** CloudFront is everywhere within minutes; after twelve the step fails, and Secrets Manager begins it again. */
const LOOK_EVERY_MS = 15_000
const MAX_LOOKS = 48

export const rotateOriginSecret =
  (ports: RotationPorts) =>
  async (event: RotationEvent): Promise<void> => {
    const token = event.ClientRequestToken
    const stages = (await ports.secret.stages())[token]
    if (stages === undefined) throw new Error('this version is not one of the secret')
    if (stages.includes('AWSCURRENT')) return
    switch (event.Step) {
      case 'createSecret':
        return await create(ports, token)
      case 'setSecret':
        return await ports.cdn.sendSecret(await pending(ports, token))
      case 'testSecret':
        return await waitUntilDeployed(ports)
      case 'finishSecret':
        return await finish(ports, token)
      default:
        return assertNever(event.Step)
    }
  }

const create = async ({ secret, random }: RotationPorts, token: string): Promise<void> => {
  // Stops a repeated step from making a second value after the CDN was given the first.
  if ((await secret.read(token)) !== undefined) return
  await secret.putPending(token, random.bytes(SECRET_BYTES).toString('base64url'))
}

const pending = async ({ secret }: RotationPorts, token: string): Promise<string> => {
  const value = await secret.read(token)
  if (value === undefined) throw new Error('the coming value has not been made')
  return value
}

const waitUntilDeployed = async ({ cdn, clock }: RotationPorts): Promise<void> => {
  for (let look = 1; look <= MAX_LOOKS; look++) {
    if (await cdn.isDeployed()) return
    await clock.pause(LOOK_EVERY_MS)
  }
  throw new Error('the CDN was not deployed everywhere in time')
}

const finish = async ({ secret }: RotationPorts, token: string): Promise<void> => {
  const former = Object.entries(await secret.stages()).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0]
  await secret.makeCurrent(token, former)
}
