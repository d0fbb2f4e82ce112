// Path, query, body and Idempotency-Key by the endpoint's schemas. What fails never reaches a use case.
import * as z from 'zod'
import { sha256 } from '../kernel/digest.ts'
import type { Endpoint } from '../kernel/endpoint.ts'
import { bodyErrors, parameterErrors, worded } from './field-errors.ts'
import { type Passage, type Step, stop } from './passage.ts'
import type { ProblemReply } from './reply.ts'

/** Our largest honest body is a few KB; a form with documents goes elsewhere. */
export const MAX_BODY_BYTES = 256 * 1_024

const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{8,128}$/)

const bodyBytes = (passage: Passage): Buffer =>
  Buffer.from(passage.arrival.body ?? '', passage.arrival.isBase64 ? 'base64' : 'utf8')

const isJson = (contentType: string | undefined): boolean =>
  /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '')

/** Strict UTF-8: a body with broken characters is refused rather than repaired behind the caller's back. */
const utf8 = new TextDecoder('utf-8', { fatal: true })

const jsonIn = (bytes: Buffer): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(utf8.decode(bytes)) }
  } catch {
    return undefined
  }
}

const checkParameters = (
  passage: Passage,
  schema: z.ZodType,
  given: Readonly<Record<string, string | undefined>>,
): { readonly value: unknown } | ProblemReply => {
  const read = schema.safeParse(given, worded(passage.language))
  return read.success ? { value: read.data } : stop(passage, 'REQUEST_INVALID', { errors: parameterErrors(read.error) })
}

const checkBody = (passage: Passage, schema: z.ZodType): ProblemReply | undefined => {
  if (!isJson(passage.arrival.headers['content-type'])) return stop(passage, 'CONTENT_TYPE_UNSUPPORTED')
  const bytes = bodyBytes(passage)
  if (bytes.length > MAX_BODY_BYTES) return stop(passage, 'BODY_TOO_LARGE', { facts: { maxBytes: MAX_BODY_BYTES } })
  const json = jsonIn(bytes)
  if (json === undefined) return stop(passage, 'JSON_BROKEN')
  const read = schema.safeParse(json.value, worded(passage.language))
  if (!read.success) return stop(passage, 'REQUEST_INVALID', { errors: bodyErrors(read.error) })
  passage.body = read.data
  return undefined
}

/** The parsed body has its keys in the schema's order, so equal bodies have equal hashes however they were written. */
const checkKey = (passage: Passage, need: 'required' | 'optional'): ProblemReply | undefined => {
  const key = passage.arrival.headers['idempotency-key']
  if (key === undefined) return need === 'required' ? stop(passage, 'IDEMPOTENCY_KEY_MISSING') : undefined
  const read = IdempotencyKey.safeParse(key, worded(passage.language))
  if (!read.success) {
    return stop(passage, 'REQUEST_INVALID', {
      errors: read.error.issues.map(({ message }) => ({ parameter: 'idempotency-key', detail: message })),
    })
  }
  passage.repeat = { keyHash: sha256(key), bodyHash: sha256(JSON.stringify(passage.body ?? null)) }
  return undefined
}

export const checkRequest = (declared: Endpoint): Step => {
  const path = declared.path && z.strictObject(declared.path)
  const query = declared.query && z.strictObject(declared.query)
  return ({ event }) => {
    if (path) {
      const checked = checkParameters(event, path, event.arrival.pathParameters)
      if ('problem' in checked) return checked
      event.path = checked.value
    }
    if (query) {
      const checked = checkParameters(event, query, event.arrival.query)
      if ('problem' in checked) return checked
      event.query = checked.value
    }
    const stopped = declared.body && checkBody(event, declared.body)
    return stopped ?? (declared.idempotencyKey && checkKey(event, declared.idempotencyKey))
  }
}
