// Synthesizes the city for the local stage, or takes the assembly that was made from the very same sources. Each hash has its own
// folder, made beside it and moved into place whole, so that two stages that start at once cannot spoil each other's.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { Sentence } from '../sentence.ts'
import { hashSources } from './sources.ts'

const CACHE = join('cdk.out', 'local')
/** Older assemblies may still be in use by a stage that runs. */
const KEPT_ASSEMBLIES = 3
const KEPT_MS = 7 * 86_400_000
const MAX_SAID = 4_000

export const synthesized = async (root: string, say: (line: string) => void): Promise<string> => {
  const cache = join(root, CACHE)
  const folder = join(cache, hashSources(root))
  if (existsSync(join(folder, 'manifest.json'))) {
    const now = new Date()
    utimesSync(folder, now, now)
    return folder
  }
  say('synthesizing the city (kept until its sources change)')
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, '.draft-'))
  try {
    await synthesize(root, draft)
    if (!existsSync(join(folder, 'manifest.json'))) moveInto(draft, folder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  removeOld(cache, folder)
  return folder
}

const moveInto = (draft: string, folder: string): void => {
  try {
    renameSync(draft, folder)
  } catch (thrown) {
    // Another start was first with the same sources; its assembly is as good.
    if (!existsSync(join(folder, 'manifest.json'))) throw thrown
  }
}

const synthesize = (root: string, out: string): Promise<void> =>
  new Promise((done, failed) => {
    const environment = {
      ...process.env,
      CDK_OUTDIR: out,
      CDK_CONTEXT_JSON: JSON.stringify({ stage: 'local', checks: 'off' }),
    }
    const child = spawn(process.execPath, [join(root, 'bin', 'tongquan.ts')], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-MAX_SAID)
    })
    child.on('error', failed)
    child.on('exit', (code) => {
      if (code === 0) done()
      else failed(new Sentence(`The city cannot be synthesized.\n${said.trim()}`))
    })
  })

const removeOld = (cache: string, current: string): void => {
  const folders = readdirSync(cache)
    .map((name) => join(cache, name))
    .filter((folder) => folder !== current)
    .map((folder) => ({ folder, usedAt: statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((left, right) => right.usedAt - left.usedAt)
  for (const { folder, usedAt } of folders.slice(KEPT_ASSEMBLIES - 1)) {
    if (Date.now() - usedAt > KEPT_MS) rmSync(folder, { recursive: true, force: true })
  }
}
