// The OpenAPI 3.1 document, derived from the declarations alone: what is not declared cannot be documented,
// and what is declared cannot be forgotten.
import type * as z from 'zod'
import type { CallerRule } from '../kernel/caller.ts'
import { type Endpoint, type Reply, sharedProblems } from '../kernel/endpoint.ts'
import { type ProblemCode, problems } from '../kernel/problems.ts'
import { Problem, problemMedia, securitySchemes } from './openapi-parts.ts'
import { type Components, type Json, schemaOf } from './openapi-schema.ts'

const TITLE = 'Tongquan 通券'
const securityOf = (rule: CallerRule): readonly Json[] => {
  switch (rule.who) {
    case 'anyone':
      return []
    case 'citizen':
      return [{ citizenToken: [] }]
    case 'operator':
      return [{ staffToken: [] }]
    case 'agency':
      return [{ agencyKey: [] }]
  }
}

const parametersOf = (declared: Endpoint): readonly Json[] => [
  ...named(declared.path, 'path'),
  ...named(declared.query, 'query'),
  ...(declared.idempotencyKey
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: declared.idempotencyKey === 'required',
          description: 'The same key and body give the first answer again, marked Idempotent-Replayed',
          schema: { type: 'string', minLength: 8, maxLength: 128 },
        },
      ]
    : []),
]

const named = (shape: Readonly<Record<string, z.ZodType>> | undefined, place: 'path' | 'query'): readonly Json[] =>
  Object.entries(shape ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || !schema.safeParse(undefined).success,
    schema: schemaOf(schema, 'input', new Map()),
  }))

const contentOf = (reply: Reply, components: Components): Json => {
  if ('contentType' in reply) return { [reply.contentType.split(';')[0] ?? '']: { schema: {} } }
  return {
    'application/json': { schema: schemaOf('replayOf' in reply ? reply.replayOf : reply, 'output', components) },
  }
}

const REPLY_WORDS: Readonly<Record<number, string>> = { 200: 'Done', 201: 'Made' }

const repliesOf = (declared: Endpoint, components: Components): Json => {
  const replies: Record<string, unknown> = {}
  for (const [status, reply] of Object.entries(declared.replies)) {
    const isReplay = 'replayOf' in reply
    replies[status] = {
      description: isReplay
        ? 'The first answer again; nothing was done twice'
        : (REPLY_WORDS[Number(status)] ?? 'Answered'),
      ...(isReplay
        ? { headers: { 'Idempotent-Replayed': { required: true, schema: { type: 'string', const: 'true' } } } }
        : {}),
      content: contentOf(reply, components),
    }
  }
  for (const [status, codes] of problemsByStatus(declared)) {
    replies[status] = {
      description: codes.map((code) => `${code}: ${problems[code].title.en}`).join('; '),
      content: problemMedia,
    }
  }
  return replies
}

const problemsByStatus = (declared: Endpoint): ReadonlyMap<string, readonly ProblemCode[]> => {
  const byStatus = new Map<string, ProblemCode[]>()
  for (const code of new Set([...declared.problems, ...sharedProblems(declared)])) {
    const status = String(problems[code].status)
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return byStatus
}

const operationOf = (capability: string, declared: Endpoint, components: Components): Json => ({
  operationId: declared.name,
  summary: declared.summary.en,
  description: declared.summary.zh,
  tags: [capability],
  security: securityOf(declared.caller),
  parameters: parametersOf(declared),
  ...(declared.body
    ? {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schemaOf(declared.body, 'input', components) } },
        },
      }
    : {}),
  responses: repliesOf(declared, components),
})

export interface Documented {
  readonly capability: string
  readonly declared: Endpoint
}

export const openApiOf = (endpoints: readonly Documented[], server: string): Json => {
  const paths: Record<string, Record<string, unknown>> = {}
  const components: Components = new Map()
  for (const { capability, declared } of endpoints) {
    const [method, path] = declared.route.split(' ')
    if (method === undefined || path === undefined) throw new Error(`${declared.name} has no route`)
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(capability, declared, components) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: TITLE,
      version: '1',
      description: 'City pass and voucher platform: 一個身分，通往每一項市政服務。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    tags: [...new Set(endpoints.map(({ capability }) => capability))].map((name) => ({ name, description: name })),
    paths,
    components: {
      schemas: { Problem, ...Object.fromEntries(components) },
      securitySchemes,
    },
  }
}
