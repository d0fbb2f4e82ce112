// With --permissions or --chaos the functions are given the wire's addresses; without them nothing is in the way.
import type { Endpoints } from '../brief.ts'
import type { Plan } from '../template/plan.ts'
import type { WireBrief } from './messages.ts'
import { startWire } from './start.ts'

export interface Wired {
  readonly plan: Plan
  readonly endpoints: Endpoints
  stop(): Promise<Readonly<Record<string, number>>>
}

export const throughWire = async (brief: WireBrief): Promise<Wired> => {
  const { plan, endpoints } = brief
  if (!brief.permissions && !brief.chaos) return { plan, endpoints, stop: () => Promise.resolve({}) }
  const wire = await startWire(brief)
  const functions = plan.functions.map((each) => ({
    ...each,
    environment: Object.fromEntries(
      Object.entries(each.environment).map(([name, value]) => [name, value.replace(endpoints.sqs, wire.endpoints.sqs)]),
    ),
  }))
  return { plan: { ...plan, functions }, endpoints: wire.endpoints, stop: wire.stop }
}
