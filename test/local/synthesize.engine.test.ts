import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { synthesized } from '../../local/assembly/synthesize.ts'
import { temporaryFolder } from './temporary.ts'

/** A city whose program writes an assembly and remembers how often it was run. */
const newRoot = (): string => {
  const root = temporaryFolder('root')
  mkdirSync(join(root, 'bin'))
  mkdirSync(join(root, 'shared'))
  writeFileSync(join(root, 'shared', 'a.ts'), '1')
  const program = `import { appendFileSync, writeFileSync } from 'node:fs'
appendFileSync('runs', process.env['CDK_CONTEXT_JSON'] + '\\n')
writeFileSync(process.env['CDK_OUTDIR'] + '/manifest.json', '{}')`
  writeFileSync(join(root, 'bin', 'tongquan.ts'), program)
  return root
}
const runsOf = (root: string) => readFileSync(join(root, 'runs'), 'utf8').trim().split('\n')
const make = (root: string) => synthesized(root, () => undefined)

describe('the assembly of the stage', () => {
  it('is synthesized once and used again until a source changes', async () => {
    const root = newRoot()
    const first = await make(root)
    expect(await make(root)).toBe(first)
    expect(runsOf(root)).toEqual(['{"stage":"local","checks":"off"}'])
    writeFileSync(join(root, 'shared', 'a.ts'), '2')
    const second = await make(root)
    expect(second).not.toBe(first)
    expect(runsOf(root)).toHaveLength(2)
    expect(existsSync(join(first, 'manifest.json'))).toBe(true)
  })

  it('is whole for two that start at once, and no draft is left', async () => {
    const root = newRoot()
    const [one, other] = await Promise.all([make(root), make(root)])
    expect(one).toBe(other)
    expect(existsSync(join(one, 'manifest.json'))).toBe(true)
    expect(readdirSync(join(root, 'cdk.out', 'local')).filter((name) => name.startsWith('.draft'))).toEqual([])
  })

  it('says what the program said when it fails', async () => {
    const root = newRoot()
    writeFileSync(join(root, 'bin', 'tongquan.ts'), `throw new Error('there is no stage')`)
    await expect(make(root)).rejects.toThrow(/cannot be synthesized.*there is no stage/s)
  })
})
