// The whole app, for the commands and for tests: the city and its settings go in, an assembly comes out.
import { rmSync } from 'node:fs'
import { App } from 'aws-cdk-lib'
import type { City } from '../shared/city.ts'
import { type Bundles, bundle, type FunctionSource, workshopIn } from './bundle.ts'
import { addChecks } from './checks.ts'
import { CityStage } from './city-stage.ts'
import { flags } from './flags.ts'
import { functionsOf, ROTATION } from './house.ts'
import { namesOf } from './names.ts'
import type { Settings } from './settings/shape.ts'

export interface Plan {
  readonly city: City
  /** Where `functions/` stands, and `.tongquan/` may be written. */
  readonly root: string
  readonly stages: readonly Settings[]
  /** Left out: as the CDK command line says. */
  readonly outdir?: string
  /** cdk-nag and CloudFormation's schemas over everything. Off for the local stage, which starts faster without. */
  readonly isChecked: boolean
}

/** Builds and synthesizes. Bundles are thrown away afterwards: the assembly holds copies. */
export const synthesize = (plan: Plan): void => {
  const workshop = workshopIn(plan.root)
  try {
    const app = buildApp(plan, bundle(plan.root, sourcesOf(plan), workshop))
    const checks = plan.isChecked ? addChecks(app) : undefined
    const { directory } = app.synth()
    checks?.writeChecked(directory)
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

const sourcesOf = ({ city, stages }: Plan): readonly FunctionSource[] => [
  ...functionsOf(city),
  ...(stages.some(({ addresses }) => addresses) ? [ROTATION] : []),
]

export const buildApp = (plan: Plan, bundles: Bundles): App => {
  const app = new App({
    analyticsReporting: false,
    // CloudFormation's own schemas: two thirds of the time, and of no use to a machine that deploys nothing.
    builtinCloudFormationValidation: plan.isChecked,
    postCliContext: flags,
    ...(plan.outdir === undefined ? {} : { outdir: plan.outdir }),
  })
  for (const settings of plan.stages) {
    new CityStage(app, { city: plan.city, settings, names: namesOf(settings.stage), directoryOf: bundles.directoryOf })
  }
  return app
}
