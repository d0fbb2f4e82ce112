// One esbuild run makes the code of every function. Each gets a directory of its own with index.mjs and,
// beside it, its source map (not loaded at run time: reading it would be paid at every cold start).
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync, type Metafile } from 'esbuild'

export interface FunctionSource {
  readonly capability: string
  readonly name: string
}

export interface Bundles {
  readonly outdir: string
  readonly directoryOf: (source: FunctionSource) => string
  readonly meta: Metafile
}

/** CommonJS dependencies ask for Node's own modules through `require`, which ESM lacks. */
const REQUIRE_BANNER =
  "import{createRequire as __makeRequire}from'node:module';const require=__makeRequire(import.meta.url);"

const keyOf = (source: FunctionSource) => `${source.capability}-${source.name}`

export const entryOf = (root: string, source: FunctionSource): string =>
  join(root, 'functions', source.capability, `${source.name}.ts`)

/** Bundles under a fresh directory of `workshop`, always at the same depth, so that maps and hashes are the same everywhere. */
export const bundle = (root: string, sources: readonly FunctionSource[], workshop: string): Bundles => {
  const missing = sources.map((source) => entryOf(root, source)).filter((entry) => !existsSync(entry))
  if (missing.length > 0) throw new Error(`declared, but there is no such function file: ${missing.join(', ')}`)
  mkdirSync(workshop, { recursive: true })
  const outdir = mkdtempSync(join(workshop, 'bundles-'))
  const built = buildSync({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(sources.map((source) => [`${keyOf(source)}/index`, entryOf(root, source)])),
    outdir,
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
    banner: { js: REQUIRE_BANNER },
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
  })
  return { outdir, directoryOf: (source) => join(outdir, keyOf(source)), meta: built.metafile }
}
