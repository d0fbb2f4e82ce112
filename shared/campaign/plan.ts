// From an operator's words to the record: instants become numbers.
import { instantOf } from '../kernel/taipei-time.ts'
import type { NewCampaign, RevisedCampaign } from './plan-words.ts'

interface WireWindow {
  readonly from: string
  readonly to: string
}
const spanOf = ({ from, to }: WireWindow) => ({ from: instantOf(from), to: instantOf(to) })

export const planOf = (words: NewCampaign | RevisedCampaign) => ({
  name: words.name,
  summary: words.summary,
  pools: words.pools,
  opensAt: instantOf(words.opensAt),
  closesAt: instantOf(words.closesAt),
  drawsAt: instantOf(words.drawsAt),
  ...(words.laneWindows && {
    laneWindows: { odd: words.laneWindows.odd.map(spanOf), even: words.laneWindows.even.map(spanOf) },
  }),
  maxWinsPerPerson: words.maxWinsPerPerson,
})
