// From a zod schema to JSON Schema as OpenAPI 3.1 takes it.
import * as z from 'zod'

export type Json = Readonly<Record<string, unknown>>
export type Components = Map<string, Json>

/** Schemas with an id become components and are referred to by it. */
export const schemaOf = (schema: z.ZodType, io: 'input' | 'output', components: Components): Json => {
  const { $schema: _dialect, $defs, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  for (const [name, definition] of Object.entries($defs ?? {}))
    components.set(name, refsToComponents(withoutId(definition)))
  const { id, ...rest } = json
  if (typeof id !== 'string') return refsToComponents(rest)
  components.set(id, refsToComponents(rest))
  return { $ref: `#/components/schemas/${id}` }
}

const withoutId = (definition: Json): Json => {
  const { id: _id, ...rest } = definition
  return rest
}

const refsToComponents = (json: Json): Json =>
  JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/'))
