import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { city } from '../../shared/city.ts'
import { declaredFiles, startedByTheCloud, unbound } from './bindings.ts'
import { brokenLinks } from './doc-links.ts'
import { faultsIn, wordsIn } from './glossary.ts'
import { sourceOf } from './syntax.ts'
import { brokenSyntax, castMakers } from './syntax-rules.ts'
import { badName, brokenText, tooLong, unknownKind } from './text-rules.ts'
import { isCode, isText, projectFiles, root, textOf } from './tree.ts'

const files = projectFiles()
const texts = new Map(files.filter(isText).map((path) => [path, textOf(path)]))
const fromEachText = (rule: (path: string, text: string) => readonly string[]) =>
  [...texts].flatMap(([path, text]) => rule(path, text))

describe('every file', () => {
  it('is named in kebab-case by what it holds', () => {
    expect(files.flatMap(badName)).toEqual([])
  })

  it('is short enough to be read at once', () => {
    expect(fromEachText(tooLong)).toEqual([])
  })

  it('holds no secret, no path of a machine, no registry host and no note to do later', () => {
    expect(fromEachText(brokenText)).toEqual([])
  })
})

describe('every source file', () => {
  it('says what things are, and takes the world in as arguments', () => {
    const sources = [...texts].filter(([path]) => isCode(path)).map(([path, text]) => sourceOf(path, text))
    expect(sources.flatMap((source) => brokenSyntax(source))).toEqual([])
  })

  it('that is excused from a rule is there', () => {
    expect([...castMakers.keys()].filter((path) => !files.includes(path))).toEqual([])
  })
})

describe('every test', () => {
  it('is of a kind that is run', () => {
    expect(files.flatMap(unknownKind)).toEqual([])
  })
})

describe('every function', () => {
  it('has one declaration in the city, and every declaration its function', () => {
    const functions = files.filter((path) => path.startsWith('functions/'))
    expect(unbound(declaredFiles(city), functions)).toEqual([])
  })

  it('that is excused from a declaration is there', () => {
    expect([...startedByTheCloud.keys()].filter((path) => !files.includes(path))).toEqual([])
  })
})

describe('the documents', () => {
  it('link to what is there', () => {
    const pages = files.filter((path) => path.endsWith('.md'))
    expect(pages.flatMap((path) => brokenLinks(path, (one) => texts.get(one), files))).toEqual([])
  })

  it('say in the change log what is not released yet', () => {
    expect(texts.get('CHANGELOG.md')).toMatch(/^## \[Unreleased\]$/m)
  })

  it('give each word of the city in zh-TW and English, once', () => {
    const words = wordsIn(texts.get('docs/glossary.md') ?? '')
    expect(words.length).toBeGreaterThan(30)
    expect(faultsIn(words)).toEqual([])
  })

  it('give a word for every capability', () => {
    const words = wordsIn(texts.get('docs/glossary.md') ?? '').map((word) => word.en.toLowerCase())
    const capabilities = readdirSync(join(root, 'shared'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    expect(capabilities.filter((name) => !words.includes(name))).toEqual([])
  })
})
