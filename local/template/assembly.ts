// Reads a synthesized cloud assembly: every stack of it, and of the assemblies nested in it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Sentence } from '../sentence.ts'
import { type Fields, fieldsOf } from './json.ts'

const MAX_NESTING = 5

export interface Resource {
  readonly stack: string
  readonly id: string
  readonly type: string
  readonly properties: Fields
  readonly metadata: Fields
  readonly condition: string | undefined
  /** Where it stands in the program that made the template, for messages. */
  readonly path: string
  /** What relative asset paths start from. */
  readonly directory: string
}

export interface Stack {
  readonly name: string
  readonly region: string | undefined
  readonly template: Fields
  readonly resources: readonly Resource[]
}

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      properties: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
})

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (thrown) {
    throw new Sentence(`The synthesized template cannot be read: ${file} (${String(thrown)}).`)
  }
}

export const readAssembly = (directory: string, depth = 0): readonly Stack[] => {
  if (depth > MAX_NESTING)
    throw new Sentence(`The assembly in ${directory} is nested deeper than ${MAX_NESTING} levels.`)
  const manifest = Manifest.parse(readJson(join(directory, 'manifest.json')))
  return Object.entries(manifest.artifacts).flatMap(([id, artifact]) => {
    const properties = artifact.properties ?? {}
    if (artifact.type === 'cdk:cloud-assembly') {
      return readAssembly(join(directory, String(properties['directoryName'])), depth + 1)
    }
    if (artifact.type !== 'aws:cloudformation:stack') return []
    return [
      stackOf(
        directory,
        String(properties['stackName'] ?? id),
        String(properties['templateFile']),
        artifact.environment,
      ),
    ]
  })
}

const stackOf = (directory: string, name: string, file: string, environment: string | undefined): Stack => {
  const template = fieldsOf(readJson(join(directory, file)))
  const region = environment?.split('/').at(-1)
  return {
    name,
    region: region?.startsWith('unknown') ? undefined : region,
    template,
    resources: Object.entries(fieldsOf(template['Resources'])).map(([id, body]) =>
      resourceOf(name, directory, id, fieldsOf(body)),
    ),
  }
}

const resourceOf = (stack: string, directory: string, id: string, body: Fields): Resource => {
  const metadata = fieldsOf(body['Metadata'])
  const condition = body['Condition']
  return {
    stack,
    id,
    type: String(body['Type']),
    properties: fieldsOf(body['Properties']),
    metadata,
    condition: typeof condition === 'string' ? condition : undefined,
    path: typeof metadata['aws:cdk:path'] === 'string' ? metadata['aws:cdk:path'] : `${stack}/${id}`,
    directory,
  }
}
