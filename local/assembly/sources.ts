// The hash of everything that the synthesized template is made from: while it stays, the assembly is used again.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['bin', 'lib', 'functions', 'shared', 'site', 'package-lock.json', 'cdk.json', 'tsconfig.json'] as const
const MAX_FILES = 20_000

export const hashSources = (root: string): string => {
  const hash = createHash('sha256')
  const files = SOURCES.flatMap((name) => filesIn(root, name)).sort()
  if (files.length > MAX_FILES) throw new Error(`${files.length} sources are too many to be the city's`)
  for (const file of files) {
    hash.update(`${file}\0`)
    hash.update(readFileSync(join(root, file)))
    hash.update('\0')
  }
  return hash.digest('hex').slice(0, 20)
}

const filesIn = (root: string, path: string): readonly string[] => {
  const whole = join(root, path)
  if (!existsSync(whole)) return []
  if (statSync(whole).isFile()) return [path]
  return readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
}
