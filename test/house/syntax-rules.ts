// What the code may not say, wherever the type checker and the linter would let it.
import { dottedName, isNode, lineOf, nodesOf, type Source, type SyntaxNode } from './syntax.ts'

export interface SyntaxRule {
  readonly sentence: string
  readonly binds: (path: string) => boolean
  readonly breaks: (node: SyntaxNode) => boolean
}

/** Files that make a branded or narrowed type where no schema can: each with its reason. */
export const castMakers: ReadonlyMap<string, string> = new Map<string, string>([])

/** The bindings' own parts of the edge: one reads the environment at the first event, one stops what takes too long. */
const readsEnvironment = ['shared/edge/wiring-of.ts']
const keepsTime = ['shared/edge/time-budget.ts']

const isPortless = (path: string): boolean => path.startsWith('shared/') && !path.startsWith('shared/cloud/')
const isTypeScript = (path: string): boolean => path.endsWith('.ts')

const isConst = (node: SyntaxNode): boolean =>
  isNode(node.typeAnnotation) && isNode(node.typeAnnotation.typeName) && node.typeAnnotation.typeName.name === 'const'

const isCast = (node: SyntaxNode): boolean =>
  (node.type === 'TSAsExpression' && !isConst(node)) || node.type === 'TSTypeAssertion'

const worldly = [
  /^Date\.now$/,
  /^Math\.random$/,
  /^performance\./,
  /^(globalThis\.)?crypto\.(randomUUID|getRandomValues)$/,
  /^(setTimeout|setInterval|setImmediate)$/,
]

const reads = (node: SyntaxNode, pattern: RegExp): boolean => {
  const name = node.type === 'CallExpression' ? dottedName(node.callee) : undefined
  return name !== undefined && pattern.test(name)
}

const isNow = (node: SyntaxNode): boolean =>
  node.type === 'NewExpression' &&
  dottedName(node.callee) === 'Date' &&
  Array.isArray(node.arguments) &&
  node.arguments.length === 0

const isTestBut = (node: SyntaxNode): boolean =>
  node.type === 'MemberExpression' &&
  /^(it|test|describe)(\.\w+)*\.(skip|only|todo|fails)$/.test(dottedName(node) ?? '')

export const syntaxRules: readonly SyntaxRule[] = [
  {
    sentence: 'no any: say what it is, or unknown and parse it',
    binds: isTypeScript,
    breaks: (node) => node.type === 'TSAnyKeyword',
  },
  {
    sentence: 'no "as" but "as const" and the makers listed in test/house/syntax-rules.ts: parse it or narrow it',
    binds: (path) => isTypeScript(path) && !castMakers.has(path),
    breaks: isCast,
  },
  {
    sentence: 'no "!": what may be missing is handled',
    binds: isTypeScript,
    breaks: (node) => node.type === 'TSNonNullExpression',
  },
  {
    sentence: 'time and randomness come in through Clock and Random; only shared/cloud has them',
    binds: (path) => isPortless(path) && !keepsTime.includes(path),
    breaks: (node) => isNow(node) || worldly.some((pattern) => reads(node, pattern)),
  },
  {
    sentence: 'the environment comes in through Wiring; only the bindings read it',
    binds: (path) => isPortless(path) && !readsEnvironment.includes(path),
    breaks: (node) => node.type === 'Identifier' && node.name === 'process',
  },
  {
    sentence: 'no "export *": a name is imported from the file that holds it',
    binds: () => true,
    breaks: (node) => node.type === 'ExportAllDeclaration',
  },
  {
    sentence: 'no skipped, focused or postponed test: say with leaveOut() what the machine lacks, beside it.skipIf()',
    binds: (path) => path.startsWith('test/'),
    breaks: isTestBut,
  },
]

export const brokenSyntax = (source: Source, rules: readonly SyntaxRule[] = syntaxRules): readonly string[] => {
  const binding = rules.filter((rule) => rule.binds(source.path))
  return [...nodesOf(source.tree)].flatMap((node) =>
    binding
      .filter((rule) => rule.breaks(node))
      .map((rule) => `${source.path}:${lineOf(source, node)}: ${rule.sentence}`),
  )
}
