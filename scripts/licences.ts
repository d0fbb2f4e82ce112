// npm run licences: every package that is installed or could be has a licence that this project may be passed on with.
// Tools that never leave the developer's machine may also be under a licence that asks for changes to them to be published.
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const permissive = [
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
]
const forToolsToo = ['MPL-2.0', 'PSF-2.0', 'Python-2.0', 'CC-BY-4.0']

const Named = z.object({ type: z.string() }).transform((licence) => licence.type)
const Licence = z.union([z.string(), Named])
export const Package = z.object({
  license: Licence.optional(),
  licenses: z.array(Licence).optional(),
  dev: z.boolean().optional(),
})
export type Package = z.infer<typeof Package>
const Lock = z.object({ packages: z.record(z.string(), Package) })

/** An SPDX expression: one of the alternatives is enough, all parts of an alternative are needed. */
const isAllowed = (expression: string, allowed: readonly string[]): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((alternative) => alternative.split(/\s+AND\s+/).every((part) => allowed.includes(part.trim())))

export const refusedLicence = (path: string, found: Package): readonly string[] => {
  const allowed = found.dev ? [...permissive, ...forToolsToo] : permissive
  const stated = found.license ?? found.licenses?.join(' OR ') ?? 'no licence'
  return isAllowed(stated, allowed) ? [] : [`${path.replace(/^.*node_modules\//, '')}: ${stated}`]
}

const root = new URL('../', import.meta.url)

/** What is installed speaks for itself; the lock file speaks for other platforms' packages. */
const installedOr = (path: string, locked: Package): Package => {
  const file = new URL(`${path}/package.json`, root)
  if (!existsSync(file)) return locked
  const { license, licenses } = Package.parse(JSON.parse(readFileSync(file, 'utf8')))
  return { ...locked, license, licenses }
}

if (import.meta.main) {
  const { packages } = Lock.parse(JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')))
  const paths = Object.entries(packages).filter(([path]) => path !== '')
  const refused = paths.flatMap(([path, locked]) => refusedLicence(path, installedOr(path, locked)))
  for (const line of refused) console.error(line)
  console.log(`${paths.length} packages, ${refused.length} with a licence that is not allowed.`)
  process.exitCode = refused.length === 0 ? 0 : 1
}
