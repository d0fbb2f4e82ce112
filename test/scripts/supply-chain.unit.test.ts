import { describe, expect, it } from 'vitest'
import { cdkWordsOf } from '../../scripts/cdk.ts'
import { completed } from '../../scripts/complete-lock.ts'
import { Package, refusedLicence } from '../../scripts/licences.ts'
import { linesOf } from '../../scripts/outdated.ts'
import { billIn } from '../../scripts/sbom.ts'
import { verdictOn } from '../../scripts/vulnerabilities.ts'

const licenceOf = (manifest: unknown) => refusedLicence('node_modules/planted', Package.parse(manifest))

describe('the licences', () => {
  it.each([{ license: 'GPL-3.0-only' }, { license: 'MIT AND GPL-2.0-only' }, { license: 'SEE LICENSE IN EULA' }, {}])(
    'refuse a package that says %j',
    (manifest) => {
      expect(licenceOf(manifest)).toHaveLength(1)
    },
  )

  it.each([
    { license: '(MIT OR GPL-3.0-or-later)' },
    { license: 'Apache-2.0 AND MIT' },
    { license: { type: 'ISC' } },
    { licenses: [{ type: 'MIT' }, { type: 'GPL-2.0-only' }] },
  ])('let through a package that says %j', (manifest) => {
    expect(licenceOf(manifest)).toEqual([])
  })

  it('let MPL-2.0 through for tools only', () => {
    expect(licenceOf({ license: 'MPL-2.0', dev: true })).toEqual([])
    expect(licenceOf({ license: 'MPL-2.0' })).toEqual(['planted: MPL-2.0'])
  })
})

describe('the vulnerabilities', () => {
  const finding = (severity: string) => ({ vulnerabilities: { one: { name: 'one', severity, range: '<2' } } })

  it.each([
    [finding('critical'), 1],
    [finding('high'), 1],
    [finding('low'), 0],
    [{ vulnerabilities: {} }, 0],
    [{ error: { summary: '' } }, 2],
    [undefined, 2],
  ])('of %j end with status %i', (answer, exitCode) => {
    expect(verdictOn(answer).exitCode).toBe(exitCode)
  })
})

describe('what is outdated', () => {
  it('names what has a newer version, and leaves the runtime on its major', () => {
    const node = { current: '24.1.0', latest: '26.0.0' }
    const lines = linesOf({ zod: { current: '4.0.0', latest: '5.0.0' }, node, '@types/node': node })
    expect(lines).toEqual(['zod 4.0.0 -> 5.0.0', '1 direct dependencies have a newer version.'])
  })

  it('is unknown when the registry gave an error', () => {
    expect(linesOf({ error: { code: 'ENOTFOUND' } })).toBeUndefined()
    expect(linesOf(undefined)).toBeUndefined()
  })
})

describe('the bill of materials', () => {
  it('must be CycloneDX and hold something', () => {
    const one = { name: 'zod', version: '4.0.0', purl: 'pkg:npm/zod@4.0.0' }
    expect(billIn({ bomFormat: 'CycloneDX', specVersion: '1.5', components: [one] }).success).toBe(true)
    expect(billIn({ bomFormat: 'CycloneDX', specVersion: '1.5', components: [] }).success).toBe(false)
  })
})

describe('the lock file', () => {
  const lockOf = (packages: object) => `${JSON.stringify({ lockfileVersion: 3, packages }, undefined, 2)}\n`
  const tool = { version: '1.0.0', dev: true, license: 'MIT', optionalDependencies: { 'tool-linux-x64-musl': '1.0.0' } }
  const part = {
    version: '1.0.0',
    dev: true,
    license: 'MIT',
    optional: true,
    cpu: ['x64'],
    libc: ['musl'],
    os: ['linux'],
  }

  it('is given the optional package that its registry lacks', () => {
    const whole = completed(lockOf({ '': {}, 'node_modules/tool': tool }))
    expect(JSON.parse(whole).packages).toEqual({
      '': {},
      'node_modules/tool': tool,
      'node_modules/tool-linux-x64-musl': part,
    })
  })

  it('is left as it stands when it is complete, also when the package lies deeper', () => {
    for (const place of ['node_modules/', 'node_modules/tool/node_modules/']) {
      const lock = lockOf({ '': {}, 'node_modules/tool': tool, [`${place}tool-linux-x64-musl`]: part })
      expect(completed(lock)).toBe(lock)
    }
  })
})

describe('the words for the CDK', () => {
  it.each([
    [['synth'], ['synth', '--quiet']],
    [
      ['synth', '--stage=local'],
      ['synth', '--quiet', '--context', 'stage=local'],
    ],
    [
      ['deploy', '--stage', 'dev', '--profile', 'city'],
      ['deploy', 'dev/*', '--context', 'stage=dev', '--profile', 'city'],
    ],
  ])('%j become %j', (asked, words) => {
    expect(cdkWordsOf(asked)).toEqual({ words })
  })

  it.each([[['deploy']], [['deploy', '--stage', 'local']], [['diff', '--stage']]])('%j are refused', (asked) => {
    expect(cdkWordsOf(asked)).toHaveProperty('sentence')
  })
})
