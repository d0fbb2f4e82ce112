// What a file imports, in every way that TypeScript has: import, export from, import(), and import types.
import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { isNode, lineOf, nodesOf, type Source, type SyntaxNode } from './syntax.ts'

export interface Import {
  readonly from: string
  readonly line: number
  /** A path in the project, the name of a package, or `node:` and the name of a module of Node's own. */
  readonly to: string
  readonly kind: 'project' | 'package' | 'node'
  /** Gone at run time. */
  readonly isType: boolean
  readonly names: readonly string[]
}

const stringIn = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined

const specifiersOf = (node: SyntaxNode): readonly SyntaxNode[] =>
  Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : []

const nameOf = (specifier: SyntaxNode): readonly string[] =>
  isNode(specifier.imported) && typeof specifier.imported.name === 'string' ? [specifier.imported.name] : []

const isTypeOnly = (node: SyntaxNode): boolean => {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true
  const specifiers = specifiersOf(node)
  return specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type' || one.exportKind === 'type')
}

const importing = [
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

const targetOf = (from: string, specifier: string): Pick<Import, 'to' | 'kind'> => {
  if (specifier.startsWith('.')) return { to: posix.join(posix.dirname(from), specifier), kind: 'project' }
  if (specifier.startsWith('node:')) return { to: specifier, kind: 'node' }
  if (builtinModules.includes(specifier)) return { to: `node:${specifier}`, kind: 'node' }
  return { to: packageOf(specifier), kind: 'package' }
}

export const importsOf = (source: Source): readonly Import[] =>
  [...nodesOf(source.tree)]
    .filter((node) => importing.includes(node.type))
    .flatMap((node) => {
      const specifier = stringIn(node.source)
      if (specifier === undefined) return []
      const names = specifiersOf(node).flatMap(nameOf)
      const place = { from: source.path, line: lineOf(source, node) }
      return [{ ...place, ...targetOf(source.path, specifier), isType: isTypeOnly(node), names }]
    })
