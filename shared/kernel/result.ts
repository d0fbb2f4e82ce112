// What can be expected to go wrong is a value; a throw is a bug or broken infrastructure.
import type { ProblemCode } from './problems.ts'

export type Result<Value, Refused> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refused }

/** Facts that help the caller put it right. They leave the house, so nothing of other people belongs here. */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[]>>

export interface Refusal<Code extends ProblemCode = ProblemCode> {
  readonly code: Code
  readonly facts?: Facts
}

export const accept = <Value>(value: Value) => ({ ok: true, value }) as const

export const refuse = <Code extends ProblemCode>(
  code: Code,
  facts?: Facts,
): { readonly ok: false; readonly refusal: Refusal<Code> } => ({
  ok: false,
  refusal: facts === undefined ? { code } : { code, facts },
})

export const assertNever = (impossible: never): never => {
  throw new Error(`a case that cannot be: ${JSON.stringify(impossible)}`)
}
