// The parsed parts of a passage as the use case is promised them.
import type { Endpoint, Incoming } from '../kernel/endpoint.ts'
import type { Passage } from './passage.ts'

const isComplete = <E extends Endpoint>(declared: E, parts: unknown): parts is Incoming<E> => {
  const { caller, path, query, body, repeat }: Partial<Record<string, unknown>> = { ...(parts ?? {}) }
  return (
    caller !== undefined &&
    (declared.path === undefined) === (path === undefined) &&
    (declared.query === undefined) === (query === undefined) &&
    (declared.body === undefined) === (body === undefined) &&
    (declared.idempotencyKey !== 'required' || repeat !== undefined)
  )
}

export const incomingOf = <E extends Endpoint>(declared: E, passage: Passage): Incoming<E> => {
  const { caller, path, query, body, repeat } = passage
  const parts = { caller, path, query, body, repeat }
  if (!isComplete(declared, parts)) throw new Error(`${declared.name}: a step on the way in was left out`)
  return parts
}
