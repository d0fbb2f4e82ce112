// The campaign that people register for: the stage's own demo campaign, seen as anybody sees it.
import { z } from 'zod'

const Offered = z.object({
  campaigns: z.array(z.object({ campaignId: z.string(), pools: z.array(z.object({ poolId: z.string() })) })),
})

export interface Campaign {
  readonly campaignId: string
  readonly pools: readonly string[]
}

export const openCampaign = async (origin: string): Promise<Campaign> => {
  const reply = await fetch(`${origin}/v1/campaigns`)
  const [campaign] = Offered.parse(await reply.json()).campaigns
  if (!campaign) throw new Error('the stage has no campaign')
  return { campaignId: campaign.campaignId, pools: campaign.pools.map(({ poolId }) => poolId) }
}
