// One environment of the platform, stack by stage: data first, doors next, the CDN in front of them last.
import { Aws, type Environment, Stack, type StackProps, Stage } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { doorOf } from '../shared/kernel/endpoint.ts'
import { neverDeployed } from './constructs/never-deployed.ts'
import type { House } from './house.ts'
import type { Keys } from './keys.ts'
import { AgencyApiStack } from './stacks/agency-api.ts'
import { BackupStack } from './stacks/backup.ts'
import { CitizenApiStack, CitizenRoutesStack } from './stacks/citizen-api.ts'
import { DataStack } from './stacks/data.ts'
import { EdgeStack } from './stacks/edge.ts'
import { OffSiteStack } from './stacks/off-site.ts'
import { OriginRotationStack } from './stacks/origin-rotation.ts'
import { CDN_REGION } from './stacks/regions.ts'
import { SiteStack } from './stacks/site.ts'
import { WatchStack } from './stacks/watch.ts'
import { WorkStack } from './stacks/work.ts'

export class CityStage extends Stage {
  constructor(scope: Construct, house: House) {
    super(scope, house.settings.stage, { env: homeOf(house) })
    this.addStacks(house)
    if (house.settings.stage !== 'local') return
    for (const stack of this.node.children) if (stack instanceof Stack) neverDeployed(stack)
  }

  private addStacks(house: House): void {
    const data = new DataStack(this, 'data', { ...this.stack(house, 'tables, documents, keys'), house })
    const citizen = this.addDoors(house, data.keys)
    new WorkStack(this, 'work', { ...this.stack(house, 'queues and schedules'), house, keys: data.keys })
    this.addCdn(house, data, citizen)
    this.addBackup(house, data)
    const { alarmEmail: email } = house.settings
    if (email === undefined) return
    new WatchStack(this, 'watch', {
      ...this.stack(house, 'dashboard, alarms'),
      house,
      citizenApiId: citizen.apiId,
      email,
    })
  }

  private stack({ settings }: House, description: string): StackProps {
    return {
      description: `Tongquan ${settings.stage}: ${description}`,
      terminationProtection: settings.stage === 'prod',
    }
  }

  private addDoors(house: House, keys: Keys): CitizenApiStack {
    const citizen = new CitizenApiStack(this, 'citizen-api', { ...this.stack(house, 'citizen API'), house, keys })
    for (const capability of citizenCapabilities(house)) {
      const props = {
        ...this.stack(house, `citizen routes: ${capability}`),
        house,
        keys,
        apiId: citizen.apiId,
        capability,
      }
      new CitizenRoutesStack(this, `citizen-${capability}`, props)
    }
    const agency = new AgencyApiStack(this, 'agency-api', { ...this.stack(house, 'agency API'), house, keys })
    // It names the fallback function, which lives with the citizen door.
    agency.addStackDependency(citizen)
    return citizen
  }

  private addBackup(house: House, data: DataStack): void {
    const { offSite } = house.settings
    if (!offSite) return
    const env = { account: offSite.account, region: offSite.region }
    const away = new OffSiteStack(this, 'off-site', { ...this.stack(house, 'write-once copies'), env, house, offSite })
    const backup = new BackupStack(this, 'backup', { ...this.stack(house, 'nightly backups'), house, offSite })
    backup.addStackDependency(data)
    backup.addStackDependency(away)
  }

  private addCdn(house: House, data: DataStack, citizen: CitizenApiStack): void {
    const { addresses, region } = house.settings
    const props = this.stack(house, 'CDN and static site')
    if (!addresses) {
      const apiHost = `${citizen.apiId}.execute-api.${region}.${Aws.URL_SUFFIX}`
      new SiteStack(this, 'site', { ...props, house, apiHost })
      return
    }
    const env = { ...homeOf(house), region: CDN_REGION }
    const edge = new EdgeStack(this, 'edge', { ...this.stack(house, 'certificate, web ACL'), env, house, addresses })
    const site = new SiteStack(this, 'site', { ...props, env, house, apiHost: addresses.originDomain, edge })
    // Its configuration reads the origin secret's copy by name.
    site.addStackDependency(data)
    const rotation = new OriginRotationStack(this, 'origin-rotation', {
      ...this.stack(house, 'rotation of the origin secret'),
      house,
      keys: data.keys,
    })
    rotation.addStackDependency(site)
  }
}

const homeOf = ({ settings }: House): Environment => ({
  region: settings.region,
  ...(settings.account === undefined ? {} : { account: settings.account }),
})

const citizenCapabilities = (house: House): readonly string[] => [
  ...new Set(
    house.city.endpoints.filter(({ declared }) => doorOf(declared) === 'citizen').map(({ capability }) => capability),
  ),
]
