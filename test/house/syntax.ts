// Reads a source file as a syntax tree (the parser that vitest itself uses), so that a law never mistakes a comment or
// a string for code.
import { parseAst } from 'vitest/node'

export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [part: string]: unknown
}

export interface Source {
  readonly path: string
  readonly text: string
  readonly tree: SyntaxNode
}

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value

export const sourceOf = (path: string, text: string): Source => {
  const tree: unknown = parseAst(text, { lang: /\.m?js$/.test(path) ? 'js' : 'ts' }, path)
  if (!isNode(tree)) throw new Error(`${path} has no syntax tree`)
  return { path, text, tree }
}

/** Every node, outermost first. */
export function* nodesOf(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) {
    for (const element of value) yield* nodesOf(element)
  } else if (isNode(value)) {
    yield value
    for (const part of Object.values(value)) yield* nodesOf(part)
  }
}

export const lineOf = (source: Source, node: SyntaxNode): number => source.text.slice(0, node.start).split('\n').length

/** `Date.now` for a member expression of plain names, however deep; otherwise nothing. */
export const dottedName = (node: unknown): string | undefined => {
  if (!isNode(node)) return undefined
  if (node.type === 'Identifier' && typeof node.name === 'string') return node.name
  if (node.type !== 'MemberExpression' || node.computed === true) return undefined
  const [object, property] = [dottedName(node.object), dottedName(node.property)]
  return object === undefined || property === undefined ? undefined : `${object}.${property}`
}
