// The parts of the OpenAPI document that are the same for every endpoint.
import { problems, problemType } from '../kernel/problems.ts'

export const problemMedia = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }

export const Problem = {
  type: 'object',
  description: 'Problem details (RFC 9457). `code` never changes; `title` comes in the language of Accept-Language.',
  required: ['type', 'title', 'status', 'code', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri', examples: [problemType('CAMPAIGN_CLOSED')] },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems) },
    instance: { type: 'string', format: 'uri', description: 'The request, by the id that X-Request-Id also holds' },
    facts: { type: 'object', description: 'What helps to put it right', additionalProperties: true },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['detail'],
        properties: { pointer: { type: 'string' }, parameter: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
}

export const securitySchemes = {
  citizenToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'Access token of a citizen, tier B or A',
  },
  staffToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Access token of an operator' },
  agencyKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'API key of an agency' },
}
