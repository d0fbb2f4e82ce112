// What a cold start pays to load the code: the registration function's bundle beside a bare DynamoDB client, bundled in the
// same way, each in fresh processes, in turns. And whether the bundle holds an AWS client that its declaration has no use for.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { z } from 'zod'
import { bundleOptions } from '../../lib/bundle.ts'
import { medianOf } from '../figures.ts'
import type { Measured } from '../rows.ts'
import type { Say } from '../say.ts'
import { root } from '../stage.ts'

const TURNS = 15
const MAX_RATIO = 1.2
/** Records, unsealing the campaign's key, the origin secret: what the declaration of `register` needs. */
const NEEDED = ['client-dynamodb', 'client-kms', 'client-secrets-manager']
const SourceMapFile = z.object({ sources: z.array(z.string()) })

const BARE = `import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
export const handler = () => new DynamoDBClient({}).send(new PutItemCommand({ TableName: 't', Item: {} }))
`
const TIMER = `const began = performance.now()
await import(process.argv[1])
process.stdout.write(String(performance.now() - began))
`

export const measureImport = async (functionFolder: string, say: Say): Promise<readonly Measured[]> => {
  say.line(`import time, ${TURNS} turns`)
  const folder = mkdtempSync(join(tmpdir(), 'tongquan-bench-import-'))
  try {
    const bare = await bundleBare(folder)
    const ours = join(functionFolder, 'index.mjs')
    const [bareMs, oursMs] = await inTurns(bare, ours)
    const unused = clientsIn(functionFolder).filter((name) => !NEEDED.includes(name))
    return [
      { what: 'import of a bare DynamoDB client', value: bareMs, unit: 'ms', budget: 'none' },
      { what: 'import of the registration function', value: oursMs, unit: 'ms', budget: 'none' },
      { what: 'import, function to bare client', value: oursMs / bareMs, unit: '×', budget: { atMost: MAX_RATIO } },
      {
        what: `AWS clients without use in its bundle${unused.length > 0 ? ` (${unused.join(', ')})` : ''}`,
        value: unused.length,
        unit: 'clients',
        budget: { atMost: 0 },
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** With the settings of every function. */
const bundleBare = async (folder: string): Promise<string> => {
  const outfile = join(folder, 'bare.mjs')
  // Bare: whatever our bundles leave out, this one has.
  const own = { outfile, alias: {}, sourcemap: false, metafile: false } as const
  await build({ ...bundleOptions, ...own, stdin: { contents: BARE, resolveDir: root, loader: 'ts' } })
  return outfile
}

const inTurns = async (bare: string, ours: string): Promise<readonly [number, number]> => {
  const times: [number[], number[]] = [[], []]
  for (let turn = 0; turn < TURNS; turn += 1) {
    times[0].push(await importMs(bare))
    times[1].push(await importMs(ours))
  }
  return [medianOf(times[0]), medianOf(times[1])]
}

const importMs = async (file: string): Promise<number> => {
  const words = ['--input-type=module', '-e', TIMER, pathToFileURL(file).href]
  const { stdout } = await promisify(execFile)(process.execPath, words, { env: { PATH: process.env.PATH } })
  return Number(stdout)
}

const CLIENT = /@aws-sdk\/(client-[a-z0-9-]+)\//
/** Clients that the SDK brings for credentials that a function never asks for: its keys come by the environment. */
const NESTED_CLIENT = /@aws-sdk\/nested-clients\/.*submodules\/([a-z-]+)\//

/** Of the sources that went into the bundle, the AWS clients among their packages. */
export const clientsIn = (folder: string): readonly string[] => {
  const { sources } = SourceMapFile.parse(JSON.parse(readFileSync(join(folder, 'index.mjs.map'), 'utf8')))
  const names = sources.flatMap((source) => CLIENT.exec(source)?.[1] ?? NESTED_CLIENT.exec(source)?.[1] ?? [])
  return [...new Set(names)].sort()
}
