import { describe, expect, it } from 'vitest'
import { demoCampaign } from '../../local/demo-world.ts'
import { NewCampaign } from '../../shared/campaign/plan-words.ts'

const at = (text: string) => demoCampaign(Date.parse(text))

describe('the demo campaign', () => {
  it('is one that an operator may create, with five pools', () => {
    const campaign = NewCampaign.parse(at('2026-11-20T10:00:00+08:00'))
    expect(campaign.pools).toHaveLength(5)
    expect(campaign.campaignId).toBe('demo-2026-11')
  })

  it.each([
    ['2026-11-30T23:59:59+08:00', 'demo-2026-11', '2026-12-31T16:00:00.000Z'],
    ['2026-12-01T00:00:00+08:00', 'demo-2026-12', '2027-01-31T16:00:00.000Z'],
  ])('made at %s is called %s and closes at %s', (now, id, closesAt) => {
    expect(at(now)).toMatchObject({ campaignId: id, closesAt })
  })
})
