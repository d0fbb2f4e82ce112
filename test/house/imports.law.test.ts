import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { circlesIn } from './import-cycles.ts'
import { brokenImports, capabilityLine } from './import-rules.ts'
import { importsOf } from './imports.ts'
import { sourceOf } from './syntax.ts'
import { isCode, projectFiles, root, textOf } from './tree.ts'

const files = projectFiles()
const imports = files.filter(isCode).flatMap((path) => importsOf(sourceOf(path, textOf(path))))

describe('the imports of the project', () => {
  it('are seen at all', () => {
    expect(imports.filter((one) => one.from.startsWith('shared/')).length).toBeGreaterThan(20)
  })

  it('keep to the rules of the layout', () => {
    expect(brokenImports(imports)).toEqual([])
  })

  it('lead to files that are there, named with their ending', () => {
    const lost = imports.filter((one) => one.kind === 'project' && !files.includes(one.to))
    expect(lost.map((one) => `${one.from}:${one.line} imports ${one.to}, which is not there`)).toEqual([])
  })

  it('never go in a circle', () => {
    expect(circlesIn(imports)).toEqual([])
  })
})

describe('the folders of shared', () => {
  it('are the kernel, cloud, edge, client, and capabilities that have their place in the line', () => {
    const folders = readdirSync(join(root, 'shared'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const placed = [...capabilityLine, 'cloud', 'edge', 'client']
    expect(folders.map((folder) => folder.name).filter((name) => !placed.includes(name))).toEqual([])
  })

  it('hold everything but the city itself', () => {
    expect(files.filter((path) => /^shared\/[^/]+$/.test(path))).toEqual(['shared/city.ts'])
  })
})
