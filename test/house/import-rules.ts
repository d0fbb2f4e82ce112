// Who may import what (docs/architecture.md, "Where things stand"). Each rule says whom it binds, what it lets through, and the sentence that a
// developer reads when it is broken.
import type { Import } from './imports.ts'

export interface ImportRule {
  readonly sentence: string
  readonly binds: (path: string) => boolean
  readonly allows: (one: Import) => boolean
}

/** Each capability may use those before it; what comes later is told through the queue. */
export const capabilityLine: readonly string[] = [
  'kernel',
  'due',
  'house',
  'person',
  'notice',
  'access',
  'admission',
  'ledger',
  'campaign',
  'draw',
  'merchant',
  'voucher',
  'settlement',
]

/** Without state, clock, randomness or packages: fit for a browser, a counter, an auditor's machine. */
export const pureFiles = ['shared/voucher/code.ts', 'shared/person/identity-number.ts', 'shared/draw/verify.ts']

const notCapabilities = ['cloud', 'edge', 'client']
/** Modules of Node that only compute. Everything else reads the world, and belongs behind a port. */
const computingModules = ['node:buffer', 'node:crypto', 'node:util', 'node:assert', 'node:async_hooks', 'node:url']
const randomness = /^(random|getRandomValues|generateKey|webcrypto|subtle)/

const isUnder =
  (...folders: readonly string[]) =>
  (path: string): boolean =>
    folders.some((folder) => path === folder || path.startsWith(`${folder}/`))

const placeOf = (path: string): string => path.split('/')[1] ?? ''
const rankOf = (path: string): number => capabilityLine.indexOf(placeOf(path))
const isCapability = (path: string): boolean =>
  isUnder('shared')(path) && path.split('/').length > 2 && !notCapabilities.includes(placeOf(path))
const isPackage = (one: Import, pattern: RegExp): boolean => one.kind === 'package' && pattern.test(one.to)
const staysWithin = (one: Import, ...folders: readonly string[]): boolean =>
  one.kind !== 'project' || isUnder(...folders)(one.to)

export const importRules: readonly ImportRule[] = [
  {
    sentence: 'only shared/cloud imports @aws-sdk: everything else knows ports',
    binds: (path) => isUnder('shared', 'functions')(path) && !isUnder('shared/cloud')(path),
    allows: (one) => !isPackage(one, /^(@aws-sdk|@smithy)\//),
  },
  {
    sentence: 'only shared/edge imports middy',
    binds: (path) => !isUnder('shared/edge', 'test')(path),
    allows: (one) => !isPackage(one, /^@middy\//),
  },
  {
    sentence: 'the kernel imports nothing of the project but itself, and no package but zod',
    binds: isUnder('shared/kernel'),
    allows: (one) => staysWithin(one, 'shared/kernel') && (one.kind !== 'package' || one.to === 'zod'),
  },
  {
    sentence: `capabilities form a line (${capabilityLine.join(' <- ')}); each imports only those before it`,
    binds: isCapability,
    allows: (one) =>
      one.kind !== 'project' || (isCapability(one.to) && rankOf(one.to) >= 0 && rankOf(one.to) <= rankOf(one.from)),
  },
  {
    sentence: 'cloud and edge are not of a capability: they import the kernel, themselves and, the edge, cloud',
    binds: isUnder('shared/cloud', 'shared/edge'),
    allows: (one) =>
      isUnder('shared/edge')(one.from)
        ? staysWithin(one, 'shared/kernel', 'shared/edge', 'shared/cloud')
        : staysWithin(one, 'shared/kernel', 'shared/cloud'),
  },
  {
    sentence: 'at run time the client imports nothing but itself: it is what a browser loads',
    binds: isUnder('shared/client'),
    allows: (one) => (one.isType ? staysWithin(one, 'shared') : isUnder('shared/client')(one.to)),
  },
  {
    sentence: 'outside shared/cloud nothing in shared reads the world: no module of Node but those that compute',
    binds: (path) => isUnder('shared')(path) && !isUnder('shared/cloud')(path),
    allows: (one) => one.kind !== 'node' || one.isType || computingModules.includes(one.to),
  },
  {
    sentence: 'randomness comes in through the port Random',
    binds: (path) => isUnder('shared')(path) && !isUnder('shared/cloud')(path),
    allows: (one) => one.to !== 'node:crypto' || !one.names.some((name) => randomness.test(name)),
  },
  {
    sentence: 'a pure file imports nothing but types, zod and other pure files',
    binds: (path) => pureFiles.includes(path),
    allows: (one) => one.isType || one.to === 'zod' || pureFiles.includes(one.to),
  },
  {
    sentence: 'functions are bindings: they import only from shared',
    binds: isUnder('functions'),
    allows: (one) => one.kind === 'project' && isUnder('shared')(one.to),
  },
  {
    sentence: 'bin and lib read of the project only shared/city.ts, the kernel and the client tables',
    binds: isUnder('bin', 'lib'),
    allows: (one) => staysWithin(one, 'bin', 'lib', 'shared/city.ts', 'shared/kernel', 'shared/client'),
  },
  {
    sentence: 'lib does not import bin',
    binds: isUnder('lib'),
    allows: (one) => !isUnder('bin')(one.to),
  },
  {
    sentence: 'the local stage knows the template: it imports nothing of bin, lib, functions or shared/city.ts',
    binds: isUnder('local'),
    allows: (one) => !isUnder('bin', 'lib', 'functions', 'shared/city.ts')(one.to),
  },
  {
    sentence: 'site and load import from the project only themselves, the client and the pure files',
    binds: isUnder('site', 'load'),
    allows: (one) => staysWithin(one, placeOfRoot(one.from), 'shared/client') || pureFiles.includes(one.to),
  },
  {
    sentence: 'the relying-party kit imports nothing of the project, and nothing of AWS',
    binds: isUnder('kit'),
    allows: (one) => staysWithin(one, 'kit') && !isPackage(one, /aws/),
  },
  {
    sentence: 'what runs in production imports no test, script or benchmark',
    binds: isUnder('bin', 'lib', 'functions', 'shared', 'local', 'site', 'kit'),
    allows: (one) => !isUnder('test', 'scripts', 'bench', 'load')(one.to),
  },
]

const placeOfRoot = (path: string): string => path.split('/')[0] ?? ''

/** One readable line per broken rule. */
export const brokenImports = (
  imports: readonly Import[],
  rules: readonly ImportRule[] = importRules,
): readonly string[] =>
  imports.flatMap((one) =>
    rules
      .filter((rule) => rule.binds(one.from) && !rule.allows(one))
      .map((rule) => `${one.from}:${one.line} imports ${one.to}: ${rule.sentence}`),
  )
