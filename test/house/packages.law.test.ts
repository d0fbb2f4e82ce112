import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { completed } from '../../scripts/complete-lock.ts'
import { textOf } from './tree.ts'

const Packages = z.record(z.string(), z.string()).default({})
const Manifest = z.object({
  dependencies: Packages,
  devDependencies: Packages,
  optionalDependencies: Packages,
  engines: z.record(z.string(), z.string()),
})
const Lock = z.object({ packages: z.looseObject({ '': Manifest }) })
const LockedScripts = z.object({
  packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().default(false) })),
})

const packageJson: unknown = JSON.parse(textOf('package.json'))
const manifest = Manifest.parse(packageJson)
const { allowScripts } = z.object({ allowScripts: z.record(z.string(), z.boolean()) }).parse(packageJson)
const lock = textOf('package-lock.json')

describe('package.json', () => {
  it('names exact versions, so that an update is a change somebody made', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })
})

describe('the lock file', () => {
  it('agrees with package.json', () => {
    expect(Lock.parse(JSON.parse(lock)).packages['']).toEqual(manifest)
  })

  it('brings no install script but those that package.json allows', () => {
    const { packages } = LockedScripts.parse(JSON.parse(lock))
    const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript)
    const allowed = Object.keys(allowScripts).map((name) => `node_modules/${name}`)
    expect(scripted.map(([path]) => path).filter((path) => !allowed.includes(path))).toEqual([])
  })

  it('has every optional package that it names, so that npm ci works (node scripts/complete-lock.ts adds them)', () => {
    expect(completed(lock)).toBe(lock)
  })
})
