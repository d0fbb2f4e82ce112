// What zod found wrong, as a pointer per field in the caller's language. It names types and bounds, never the value
// itself, which may be personal.
import type { z } from 'zod'
import { en, zhTW } from 'zod/locales'
import type { Language } from './language.ts'
import type { FieldError } from './reply.ts'

const wording = { zh: zhTW().localeError, en: en().localeError } as const
/** A body can be wrong in as many places as it is long; people read the first few. */
const MAX_FIELD_ERRORS = 20

const escaped = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1')

/** One issue can name thousands of fields; nobody reads past the first. */
const MAX_DETAIL_LENGTH = 300
const cut = (text: string): string => (text.length > MAX_DETAIL_LENGTH ? `${text.slice(0, MAX_DETAIL_LENGTH)}…` : text)

/** For `safeParse`: messages come in the caller's language. */
export const worded = (language: Language) => ({ error: wording[language] })

export const bodyErrors = (failure: z.ZodError): readonly FieldError[] =>
  failure.issues.slice(0, MAX_FIELD_ERRORS).map((issue) => ({
    pointer: `#${issue.path.map((part) => `/${escaped(part)}`).join('')}`,
    detail: cut(issue.message),
  }))

export const parameterErrors = (failure: z.ZodError): readonly FieldError[] =>
  failure.issues.slice(0, MAX_FIELD_ERRORS).map((issue) => ({
    parameter: issue.path.join('.'),
    detail: cut(issue.message),
  }))
