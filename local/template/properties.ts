// Reads the properties of one resource by a strict schema: what is neither understood nor known to be without effect here is refused.
import { z } from 'zod'
import { Sentence } from '../sentence.ts'
import { isFields } from './json.ts'
import type { Site } from './site.ts'

export const refusal = (site: Site, why: string): Sentence =>
  new Sentence(
    `The local stage cannot do what ${site.resource.path} (${site.resource.id}, ${site.resource.type}) asks for: ${why}.`,
  )

/** Understood properties and, by name, those that change nothing on one machine. */
export const shape = <Understood extends z.ZodRawShape>(understood: Understood, ...withoutEffect: readonly string[]) =>
  z.preprocess(
    (given) =>
      isFields(given)
        ? Object.fromEntries(Object.entries(given).filter(([name]) => !withoutEffect.includes(name)))
        : given,
    z.strictObject(understood),
  )

export const propertiesOf = <Schema extends z.ZodType>(site: Site, schema: Schema): z.infer<Schema> => {
  const parsed = schema.safeParse(site.properties())
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue?.path.join('.')
  throw refusal(site, place ? `${place}: ${issue?.message}` : String(issue?.message))
}

/** CloudFormation accepts numbers and booleans as text. */
export const count = z.coerce.number().int()
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
