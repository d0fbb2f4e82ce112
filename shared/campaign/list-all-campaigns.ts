import type { UseCase } from '../kernel/endpoint.ts'
import type { Ports } from '../kernel/ports.ts'
import { accept } from '../kernel/result.ts'
import type { listAllCampaigns } from './campaign-contract.ts'
import { operatorView } from './campaign-view.ts'
import { readShelf } from './shelf.ts'

export const listShelf =
  (ports: Pick<Ports, 'records'>): UseCase<typeof listAllCampaigns> =>
  async () =>
    accept({ status: 200, body: { campaigns: (await readShelf(ports.records)).map(operatorView) } })
