// Reads every template of every stage from a cloud assembly, so that laws look at what would be deployed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Artifact = z.object({
  type: z.string(),
  environment: z.string().optional(),
  displayName: z.string().optional(),
  properties: z
    .object({
      templateFile: z.string().optional(),
      stackName: z.string().optional(),
      directoryName: z.string().optional(),
    })
    .optional(),
})
const Manifest = z.object({ artifacts: z.record(z.string(), Artifact) })
const Resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
})
const Template = z.object({
  Resources: z.record(z.string(), Resource),
  Rules: z.record(z.string(), z.unknown()).optional(),
})

export interface Found {
  readonly stage: string
  /** `prod/data` */
  readonly stack: string
  readonly id: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly path: string
  readonly isKept: boolean
}

export interface StackTemplate {
  readonly stage: string
  readonly name: string
  readonly environment: string
  readonly text: string
  readonly resources: readonly Found[]
}

const manifestOf = (folder: string) => Manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))

export const stacksIn = (folder: string): readonly StackTemplate[] =>
  Object.values(manifestOf(folder).artifacts).flatMap(({ type, environment, displayName, properties }) => {
    const { templateFile, directoryName } = properties ?? {}
    if (type === 'cdk:cloud-assembly' && directoryName !== undefined) return stacksIn(join(folder, directoryName))
    if (type !== 'aws:cloudformation:stack' || templateFile === undefined) return []
    return [stackOf(displayName ?? templateFile, environment ?? '', readFileSync(join(folder, templateFile), 'utf8'))]
  })

const stackOf = (name: string, environment: string, text: string): StackTemplate => {
  const stage = name.split('/')[0] ?? name
  const resources = Object.entries(Template.parse(JSON.parse(text)).Resources).map(([id, resource]) => ({
    stage,
    stack: name,
    id,
    type: resource.Type,
    properties: resource.Properties,
    path: String(resource.Metadata['aws:cdk:path'] ?? ''),
    isKept: resource.DeletionPolicy === 'Retain',
  }))
  return { stage, name, environment, text, resources }
}

/** A value inside nested objects and lists; `undefined` where there is none. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown => {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (typeof value !== 'object' || value === null) return undefined
  return at(Object.entries(value).find(([key]) => key === String(step))?.[1], ...rest)
}

export const listAt = (value: unknown, ...path: readonly (string | number)[]): readonly unknown[] => {
  const found = at(value, ...path)
  if (found === undefined) return []
  return Array.isArray(found) ? found : [found]
}

/** References and joins as one line of text: enough to compare and to search. */
export const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  const joined = at(value, 'Fn::Join', 1)
  if (Array.isArray(joined)) return joined.map(textOf).join('')
  const reference = at(value, 'Ref')
  if (typeof reference === 'string') return `<${reference}>`
  const attribute = at(value, 'Fn::GetAtt')
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`
  const imported = at(value, 'Fn::ImportValue')
  return imported === undefined ? JSON.stringify(value) : `<${textOf(imported)}>`
}

export const ofType = (stacks: readonly StackTemplate[], ...types: readonly string[]): readonly Found[] =>
  stacks.flatMap(({ resources }) => resources).filter(({ type }) => types.includes(type))

export const nameOf = ({ stack, id }: Pick<Found, 'stack' | 'id'>): string => `${stack} ${id}`

/** A resource that exists nowhere, to see that a law would find it. */
export const planted = (
  type: string,
  properties: Record<string, unknown>,
  overrides: Partial<Found> = {},
): StackTemplate => {
  const found: Found = {
    stage: 'prod',
    stack: 'prod/planted',
    id: 'Planted',
    type,
    properties,
    path: 'prod/planted/Planted',
    isKept: false,
    ...overrides,
  }
  return {
    stage: found.stage,
    name: found.stack,
    environment: '',
    text: JSON.stringify(properties),
    resources: [found],
  }
}
