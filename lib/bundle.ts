// One esbuild run makes the code of every function. Each gets a directory of its own with index.mjs and,
// beside it, its source map (not loaded at run time: reading it would be paid at every cold start).
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildOptions, buildSync, type Metafile } from 'esbuild'

export interface FunctionSource {
  readonly capability: string
  readonly name: string
}

export interface Bundles {
  readonly directoryOf: (source: FunctionSource) => string
  readonly meta: Metafile
}

/** What esbuild puts where a CommonJS dependency asks for a module when it runs; in ESM that throws. */
const NEEDS_REQUIRE = 'Dynamic require of'

const keyOf = (source: FunctionSource) => `${source.capability}-${source.name}`

export const entryOf = (root: string, source: FunctionSource): string =>
  join(root, 'functions', source.capability, `${source.name}.ts`)

/** A fresh directory, always at the same depth under the root, so that source maps and hashes are the same everywhere. */
export const workshopIn = (root: string): string => {
  const all = join(root, '.tongquan', 'bundles')
  mkdirSync(all, { recursive: true })
  return mkdtempSync(join(all, 'run-'))
}

export const bundle = (root: string, sources: readonly FunctionSource[], outdir: string): Bundles => {
  const missing = sources.map((source) => entryOf(root, source)).filter((entry) => !existsSync(entry))
  if (missing.length > 0) throw new Error(`declared, but there is no such function file: ${missing.join(', ')}`)
  const { metafile } = buildSync({
    ...bundleOptions,
    absWorkingDir: root,
    // Its chain of providers brings clients for SSO, STS and sign-in, a quarter of each bundle, that no function asks for.
    alias: { '@aws-sdk/credential-provider-node': join(root, 'shared', 'cloud', 'no-credential-chain.ts') },
    entryPoints: Object.fromEntries(sources.map((source) => [`${keyOf(source)}/index`, entryOf(root, source)])),
    outdir,
  })
  const directoryOf = (source: FunctionSource) => join(outdir, keyOf(source))
  for (const source of sources) refuseRequire(source, join(directoryOf(source), 'index.mjs'))
  return { directoryOf, meta: metafile }
}

/** How every function is built; who measures a function builds it the same way. */
export const bundleOptions = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  // Records and error classes are told apart by their names.
  keepNames: true,
  sourcemap: 'external',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'error',
  metafile: true,
} satisfies BuildOptions

const refuseRequire = (source: FunctionSource, file: string): void => {
  if (!readFileSync(file, 'utf8').includes(NEEDS_REQUIRE)) return
  throw new Error(
    `${keyOf(source)}: a dependency calls require(); give the bundle a banner that makes one (createRequire)`,
  )
}
