// Conditions are data, so that the database enforces a transition in the same call that makes it
// and a test engine can evaluate the very same words.

export type Scalar = string | number | boolean

export type Test =
  | { readonly test: 'absent' }
  | { readonly test: 'present' }
  | { readonly test: 'equals'; readonly value: Scalar }
  | { readonly test: 'differs'; readonly value: Scalar }
  | { readonly test: 'atLeast'; readonly value: string | number }
  | { readonly test: 'atMost'; readonly value: string | number }
  | { readonly test: 'oneOf'; readonly values: readonly Scalar[] }
  | { readonly test: 'contains'; readonly value: Scalar }
  | { readonly test: 'lacks'; readonly value: Scalar }

/** Attribute → a plain value it must equal, or a test. All must hold. A missing attribute fails every test but `absent` and `lacks`. */
export type Condition<Item = Record<string, unknown>> = {
  readonly [Attribute in keyof Item]?: (Item[Attribute] & Scalar) | Test
}

export const absent = () => ({ test: 'absent' }) as const
export const present = () => ({ test: 'present' }) as const
export const differs = (value: Scalar) => ({ test: 'differs', value }) as const
export const atLeast = (value: string | number) => ({ test: 'atLeast', value }) as const
export const atMost = (value: string | number) => ({ test: 'atMost', value }) as const
export const oneOf = (...values: readonly Scalar[]) => ({ test: 'oneOf', values }) as const
/** The attribute is a list that holds the value. */
export const contains = (value: Scalar) => ({ test: 'contains', value }) as const
/** The attribute is missing, or a list that does not hold the value. */
export const lacks = (value: Scalar) => ({ test: 'lacks', value }) as const

export const testOf = (wanted: Scalar | Test): Test =>
  typeof wanted === 'object' ? wanted : { test: 'equals', value: wanted }
