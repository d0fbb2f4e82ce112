// The files of the project, as they stand, without what .gitignore names. Works in a copy that has no git as well.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const never = ['.git', 'node_modules']
const MAX_DEPTH = 12

const ignoredNames = (): readonly string[] =>
  readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim().replace(/^\/|\/$/g, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))

const matches = (name: string, pattern: string): boolean =>
  pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern

const walk = (folder: string, ignored: readonly string[], depth: number): readonly string[] => {
  if (depth > MAX_DEPTH) throw new Error(`${folder} lies deeper than ${MAX_DEPTH} folders`)
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (ignored.some((pattern) => matches(entry.name, pattern) || path === pattern)) return []
    if (entry.isDirectory()) return walk(path, ignored, depth + 1)
    return entry.isFile() ? [path] : []
  })
}

let known: readonly string[] | undefined
/** Paths from the root, with forward slashes, in a fixed order. */
export const projectFiles = (): readonly string[] => {
  known ??= [...walk('', [...never, ...ignoredNames()], 0)].sort()
  return known
}

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

export const isCode = (path: string): boolean => /\.(ts|mts|tsx|js|mjs)$/.test(path) && !path.endsWith('.d.ts')

/** What no parser of ours needs to read: pictures, fonts, generated lists. */
export const isText = (path: string): boolean => !/\.(png|jpe?g|gif|ico|webp|woff2?|wasm|pdf|zip|gz)$/.test(path)
