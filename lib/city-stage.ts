// One environment of the platform, stack by stage: data first, doors next, the CDN in front of them last.
import { type Environment, Stage } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { doorOf } from '../shared/kernel/endpoint.ts'
import type { House } from './house.ts'
import { AgencyApiStack } from './stacks/agency-api.ts'
import { CitizenApiStack, CitizenRoutesStack } from './stacks/citizen-api.ts'
import { DataStack } from './stacks/data.ts'
import { WorkStack } from './stacks/work.ts'

export class CityStage extends Stage {
  constructor(scope: Construct, house: House) {
    super(scope, house.settings.stage, { env: homeOf(house) })
    const stackProps = (description: string) => ({
      description: `Tongquan ${house.settings.stage}: ${description}`,
      terminationProtection: house.settings.stage === 'prod',
    })
    const { keys } = new DataStack(this, 'data', { ...stackProps('tables, documents, keys'), house })
    const citizen = new CitizenApiStack(this, 'citizen-api', { ...stackProps('citizen API'), house, keys })
    for (const capability of capabilitiesOf(house)) {
      new CitizenRoutesStack(this, `citizen-${capability}`, {
        ...stackProps(`citizen routes of ${capability}`),
        house,
        keys,
        apiId: citizen.apiId,
        capability,
      })
    }
    const agency = new AgencyApiStack(this, 'agency-api', { ...stackProps('agency API'), house, keys })
    // It names the fallback function, which lives with the citizen door.
    agency.addStackDependency(citizen)
    new WorkStack(this, 'work', { ...stackProps('queues and schedules'), house, keys })
  }
}

const homeOf = ({ settings }: House): Environment => ({
  region: settings.region,
  ...(settings.account === undefined ? {} : { account: settings.account }),
})

const capabilitiesOf = (house: House): readonly string[] => [
  ...new Set(house.city.endpoints.filter(({ declared }) => doorOf(declared) === 'citizen').map(({ capability }) => capability)),
]
