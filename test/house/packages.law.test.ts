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

const manifest = Manifest.parse(JSON.parse(textOf('package.json')))
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

  it('has every optional package that it names, so that npm ci works (node scripts/complete-lock.ts adds them)', () => {
    expect(completed(lock)).toBe(lock)
  })
})
