// Some registry mirrors lack packages of platforms that are not theirs, and npm then writes a lock file without them,
// which `npm ci` refuses everywhere. This adds an entry for each optional package that the lock file names and lacks.
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const Entry = z.looseObject({
  optionalDependencies: z.record(z.string(), z.string()).optional(),
  dev: z.boolean().optional(),
  license: z.string().optional(),
})
const Packages = z.record(z.string(), Entry)
type Packages = z.infer<typeof Packages>
/** What is written again is taken as it stands: npm has its own order of words. */
const AsItStands = z.record(z.string(), z.unknown())

const systems = ['android', 'darwin', 'linux', 'win32', 'freebsd', 'netbsd', 'openbsd', 'sunos', 'aix', 'openharmony']
const processors = ['x64', 'arm64', 'arm', 'ia32', 'riscv64', 'ppc64', 's390x', 'loong64', 'mips64el', 'wasm32']
const libraries = new Map([
  ['musl', 'musl'],
  ['gnu', 'glibc'],
])

/** `@biomejs/cli-linux-x64-musl` says what it is for. */
const platformOf = (name: string) => {
  const words = name.split('/').at(-1)?.split('-') ?? []
  const os = words.filter((word) => systems.includes(word))
  const cpu = words.filter((word) => processors.includes(word))
  const libc = words.flatMap((word) => libraries.get(word) ?? [])
  return { ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }), ...(os.length > 0 && { os }) }
}

/** Node looks for a package beside its dependent first, then beside each folder further out. */
const isThere = (packages: Packages, path: string, name: string): boolean => {
  if (`${path === '' ? '' : `${path}/`}node_modules/${name}` in packages) return true
  return path === '' ? false : isThere(packages, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
}

export const missingFrom = (packages: Packages): Packages =>
  Object.fromEntries(
    Object.entries(packages).flatMap(([path, entry]) =>
      Object.entries(entry.optionalDependencies ?? {})
        .filter(([name]) => !isThere(packages, path, name))
        .map(([name, version]) => [
          `node_modules/${name}`,
          {
            version,
            ...(entry.dev && { dev: true }),
            ...(entry.license !== undefined && { license: entry.license }),
            optional: true,
            ...platformOf(name),
          },
        ]),
    ),
  )

export const completed = (text: string): string => {
  const lock = AsItStands.parse(JSON.parse(text))
  const missing = missingFrom(Packages.parse(lock.packages))
  if (Object.keys(missing).length === 0) return text
  const all = Object.entries({ ...AsItStands.parse(lock.packages), ...missing })
  const packages = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify({ ...lock, packages }, undefined, 2)}\n`
}

if (import.meta.main) {
  const file = new URL('../package-lock.json', import.meta.url)
  const before = readFileSync(file, 'utf8')
  const after = completed(before)
  if (after !== before) writeFileSync(file, after)
  console.log(after === before ? 'package-lock.json is complete.' : 'package-lock.json was completed.')
}
