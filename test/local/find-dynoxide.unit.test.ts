import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findDynoxide } from '../../local/engine/find-dynoxide.ts'
import { temporaryFolder } from './temporary.ts'

const newRoot = (): string => {
  const root = temporaryFolder('root')
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ optionalDependencies: { '@dynoxide/linux-x64': '1.2.1' } }),
  )
  return root
}
const putBinary = (folder: string): string => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'dynoxide'), '')
  return join(folder, 'dynoxide')
}
const plan9 = { platform: 'plan9', arch: 'mips' }
const quiet = () => undefined

describe('the engine for this machine', () => {
  it('is found beside the other packages', async () => {
    const root = newRoot()
    const binary = putBinary(join(root, 'node_modules', '@dynoxide', 'plan9-mips'))
    expect(await findDynoxide(root, plan9, quiet, () => Promise.reject(new Error('not needed')))).toBe(binary)
  })

  it('is added in the version of the others where it is missing', async () => {
    const root = newRoot()
    const added: string[] = []
    const found = await findDynoxide(root, plan9, quiet, async (wanted, workshop) => {
      added.push(wanted)
      putBinary(join(workshop, 'node_modules', '@dynoxide', 'plan9-mips'))
    })
    expect(added).toEqual(['@dynoxide/plan9-mips@1.2.1'])
    expect(found).toContain('plan9-mips')
  })

  it('is told in one sentence where there is none', async () => {
    const none = findDynoxide(newRoot(), plan9, quiet, () => Promise.resolve())
    await expect(none).rejects.toThrow(/no record engine for plan9-mips.*DYNAMODB_ENDPOINT/)
  })
})
