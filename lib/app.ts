// The whole app, for the commands and for tests: the city and its settings go in, an assembly comes out.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { App } from 'aws-cdk-lib'
import { type Bundles, bundle } from './bundle.ts'
import { CityStage } from './city-stage.ts'
import { flags } from './flags.ts'
import { functionsOf, type WholeCity } from './house.ts'
import { namesOf } from './names.ts'
import type { Settings } from './settings.ts'

export interface Plan {
  readonly city: WholeCity
  /** Where `functions/` stands, and `.tongquan/` may be written. */
  readonly root: string
  readonly stages: readonly Settings[]
  /** Left out: as the CDK command line says. */
  readonly outdir?: string
}

/** Builds and synthesizes. Bundles are thrown away afterwards: the assembly holds copies. */
export const synthesize = (plan: Plan): void => {
  const bundles = bundle(plan.root, functionsOf(plan.city), join(plan.root, '.tongquan', 'bundles'))
  try {
    buildApp(plan, bundles).synth()
  } finally {
    rmSync(bundles.outdir, { recursive: true, force: true })
  }
}

export const buildApp = (plan: Plan, bundles: Bundles): App => {
  const app = new App({
    analyticsReporting: false,
    postCliContext: flags,
    ...(plan.outdir === undefined ? {} : { outdir: plan.outdir }),
  })
  for (const settings of plan.stages) {
    new CityStage(app, {
      city: plan.city,
      settings,
      names: namesOf(settings.stage),
      directoryOf: bundles.directoryOf,
    })
  }
  return app
}
