// All stacks of the assembly as one country: finds a resource, and says what a Ref or an attribute of it stands for here.
import { Sentence } from '../sentence.ts'
import { addresses } from './addresses.ts'
import type { Stack } from './assembly.ts'
import { NO_VALUE, resolve, type World } from './intrinsics.ts'
import { type Fields, fieldsOf, isFields } from './json.ts'
import type { Setting, Site } from './site.ts'

export interface Land {
  readonly setting: Setting
  ofType(type: string): readonly Site[]
  all(): readonly Site[]
  /** The resource that a resolved Ref, ARN or name stands for. */
  behind(address: unknown, type: string): Site | undefined
}

export const landOf = (stacks: readonly Stack[], setting: Setting): Land => {
  const seen = new Map<string, number>()
  for (const { resources } of stacks) for (const { id } of resources) seen.set(id, (seen.get(id) ?? 0) + 1)
  const exported = new Map<string, { readonly stack: Stack; readonly value: unknown }>()
  for (const stack of stacks) {
    for (const output of Object.values(fieldsOf(stack.template['Outputs'])).map(fieldsOf)) {
      const name = fieldsOf(output['Export'])['Name']
      if (typeof name === 'string') exported.set(name, { stack, value: output['Value'] })
    }
  }
  const worlds = new Map<Stack, World>()
  const sites = new Map<string, Site>()

  const worldOf = (stack: Stack): World => {
    const known = worlds.get(stack)
    if (known) return known
    const world: World = {
      ref: (id) =>
        pseudo(stack, setting, id) ?? parameter(stack, setting, id, world) ?? addresses.ref(siteOf(stack, id), setting),
      attribute: (id, name) => addresses.attribute(siteOf(stack, id), name, setting),
      imported: (name) => {
        const found = exported.get(name)
        if (!found) throw new Sentence(`The template imports "${name}", which no stack exports.`)
        return resolve(found.value, worldOf(found.stack))
      },
      condition: (name) => resolve(fieldsOf(stack.template['Conditions'])[name], world) === true,
      mapping: (map, key, second) => fieldsOf(fieldsOf(fieldsOf(stack.template['Mappings'])[map])[key])[second],
    }
    worlds.set(stack, world)
    return world
  }
  const siteOf = (stack: Stack, id: string): Site => {
    const key = `${stack.name}/${id}`
    const known = sites.get(key)
    if (known) return known
    const resource = stack.resources.find((candidate) => candidate.id === id)
    if (!resource) throw new Sentence(`The template of ${stack.name} refers to ${id}, which is not in it.`)
    let properties: Fields | undefined
    const open = new Set<string>()
    const site: Site = {
      resource,
      name: (seen.get(id) ?? 0) > 1 ? `${stack.name.replaceAll(/[^A-Za-z0-9]/g, '')}${id}` : id,
      properties: () => {
        properties ??= fieldsOf(resolve(resource.properties, worldOf(stack)))
        return properties
      },
      property: (name) => {
        if (open.has(name)) throw new Sentence(`The ${name} of ${resource.path} refers to itself.`)
        open.add(name)
        const value = resolve(resource.properties[name], worldOf(stack))
        open.delete(name)
        return value
      },
    }
    sites.set(key, site)
    return site
  }

  const all = stacks.flatMap((stack) =>
    stack.resources
      .filter((resource) => resource.condition === undefined || worldOf(stack).condition(resource.condition))
      .map((resource) => siteOf(stack, resource.id)),
  )
  const ofType = (type: string) => all.filter((site) => site.resource.type === type)
  return {
    setting,
    all: () => all,
    ofType,
    behind: (address, type) =>
      ofType(type).find((site) => addresses.ref(site, setting) === address || addresses.arn(site, setting) === address),
  }
}

const pseudo = (stack: Stack, setting: Setting, id: string): unknown => {
  switch (id) {
    case 'AWS::Region':
      return stack.region ?? setting.region
    case 'AWS::AccountId':
      return setting.account
    case 'AWS::Partition':
      return 'aws'
    case 'AWS::URLSuffix':
      return 'amazonaws.com'
    case 'AWS::StackName':
      return stack.name
    case 'AWS::StackId':
      return `arn:aws:cloudformation:${setting.region}:${setting.account}:stack/${stack.name}/local`
    case 'AWS::NotificationARNs':
      return []
    case 'AWS::NoValue':
      return NO_VALUE
    default:
      return undefined
  }
}

const parameter = (stack: Stack, setting: Setting, id: string, world: World): unknown => {
  const declared = fieldsOf(stack.template['Parameters'])[id]
  if (!isFields(declared)) return undefined
  const value = setting.parameters[id] ?? resolve(declared['Default'], world)
  if (value === undefined)
    throw new Sentence(
      `The template of ${stack.name} asks for the parameter ${id}, which the local stage does not know.`,
    )
  return value
}
