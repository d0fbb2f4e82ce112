import { cdn } from '../../shared/cloud/cdn-cloudfront.ts'
import { clock } from '../../shared/cloud/clock.ts'
import { RotationEvent, rotateOriginSecret } from '../../shared/cloud/origin-secret-rotation.ts'
import { random } from '../../shared/cloud/random.ts'
import { rotatedSecret } from '../../shared/cloud/rotated-secret.ts'
import { wiringOf } from '../../shared/edge/wiring-of.ts'

const BUDGET_MS = 60_000

export const handler = async (event: unknown): Promise<void> => {
  const wiring = wiringOf({ name: 'rotateOriginSecret', budgetMs: BUDGET_MS })
  const ports = { secret: rotatedSecret(wiring), cdn: cdn(wiring), clock: clock(wiring), random: random(wiring) }
  await rotateOriginSecret(ports)(RotationEvent.parse(event))
}
