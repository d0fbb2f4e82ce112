// Law and stage tests judge and run what `cdk synth` makes. It is synthesized once, for all stages and with all checks, and kept by a
// hash of its sources: an unchanged tree is not synthesized again. A folder is complete from the moment it has its name.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { projectFiles, root } from '../house/tree.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the cloud assembly that holds every stage. */
    assembly: string
  }
}

const MAX_KEPT = 3
const SYNTH_LIMIT_MS = 240_000
const kept = join(root, '.tongquan', 'test-assemblies')

const isSource = (path: string): boolean =>
  /^(bin|lib|functions|shared|site)\//.test(path) || ['cdk.json', 'package-lock.json'].includes(path)

const hashOfSources = (): string => {
  const hash = createHash('sha256')
  for (const path of projectFiles().filter(isSource)) hash.update(`${path}\n`).update(readFileSync(join(root, path)))
  return hash.digest('hex').slice(0, 16)
}

const synthesize = (folder: string): void => {
  const env = { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: '{}' }
  execFileSync(process.execPath, ['bin/tongquan.ts'], { cwd: root, env, timeout: SYNTH_LIMIT_MS, stdio: 'inherit' })
}

const forgetOld = (): void => {
  const age = (name: string) => statSync(join(kept, name)).mtimeMs
  const old = readdirSync(kept)
    .sort((a, b) => age(b) - age(a))
    .slice(MAX_KEPT)
  for (const name of old) rmSync(join(kept, name), { recursive: true, force: true })
}

const assemblyOfNow = (): string => {
  const folder = join(kept, hashOfSources())
  if (existsSync(folder)) return folder
  mkdirSync(kept, { recursive: true })
  forgetOld()
  const unfinished = mkdtempSync(join(kept, 'unfinished-'))
  try {
    synthesize(unfinished)
    if (!existsSync(folder)) renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return folder
}

/** Tests of other kinds shall still run: those that need the assembly find a folder that says what happened. */
const FAILED = join(kept, 'synthesis-failed-see-the-message-above')

export const setup = (project: TestProject): void => {
  try {
    project.provide('assembly', assemblyOfNow())
  } catch (error) {
    console.error(`The synthesis for law and stage tests failed: ${error instanceof Error ? error.message : error}`)
    project.provide('assembly', FAILED)
  }
}
