// cdk-nag looks over every resource of every stage. A finding stops the synthesis: it is put right, or acknowledged
// with its reason where it arises (constructs/acknowledge.ts). Its own report names findings only, so what was looked at
// is written beside it: a law compares the two with the templates.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type App, type CfnResource, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'

export const CHECKED_RESOURCES_FILE = 'checked-resources.json'

export class CityChecks extends AwsSolutionsChecks {
  readonly #checked = new Set<string>()

  protected override checkResource(node: CfnResource): void {
    this.#checked.add(node.node.path)
    super.checkResource(node)
  }

  writeChecked(directory: string): void {
    writeFileSync(
      join(directory, CHECKED_RESOURCES_FILE),
      `${JSON.stringify([...this.#checked].sort(), undefined, 2)}\n`,
    )
  }
}

export const addChecks = (app: App): CityChecks => {
  const checks = new CityChecks(app)
  Validations.of(app).addPlugins(checks)
  return checks
}
