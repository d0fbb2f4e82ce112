// What stops a start is told in one sentence, not in a stack trace. Anything else that is thrown is a bug of the stage.
export class Sentence extends Error {
  override readonly name = 'Sentence'
}

export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

export const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
