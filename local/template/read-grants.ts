// What each function may do: the policies of its role, as the template grants them.
import { z } from 'zod'
import { addresses } from './addresses.ts'
import { fieldsOf, listOf } from './json.ts'
import type { Land } from './land.ts'
import type { FunctionPlan, Statement } from './plan.ts'
import { propertiesOf } from './properties.ts'

const Inline = z.object({ Policies: z.array(z.object({ PolicyDocument: z.unknown() })).default([]) })
const Attached = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) })

export const readGrants = (land: Land, functions: readonly FunctionPlan[]): Record<string, readonly Statement[]> => {
  const byRole = new Map<string, Statement[]>()
  const add = (role: string, document: unknown) =>
    byRole.set(role, [...(byRole.get(role) ?? []), ...statementsOf(document)])
  for (const site of land.ofType('AWS::IAM::Role')) {
    for (const policy of propertiesOf(site, Inline).Policies) add(site.name, policy.PolicyDocument)
  }
  for (const site of [...land.ofType('AWS::IAM::Policy'), ...land.ofType('AWS::IAM::ManagedPolicy')]) {
    const read = propertiesOf(site, Attached)
    for (const role of read.Roles) {
      const found =
        land.behind(role, 'AWS::IAM::Role') ??
        land.ofType('AWS::IAM::Role').find((each) => addresses.nameOf(each) === role)
      if (found) add(found.name, read.PolicyDocument)
    }
  }
  return Object.fromEntries(functions.map((each) => [each.id, byRole.get(each.role) ?? []]))
}

export const statementsOf = (document: unknown): readonly Statement[] =>
  listOf(fieldsOf(document)['Statement'])
    .map(fieldsOf)
    .map((statement) => ({
      effect: statement['Effect'] === 'Deny' ? 'Deny' : 'Allow',
      actions: listOf(statement['Action']).map(String),
      resources: listOf(statement['Resource']).map(String),
      conditions: fieldsOf(statement['Condition']),
    }))
