import { describe, expect, it } from 'vitest'
import { declaredFiles, unbound } from './bindings.ts'
import { brokenLinks } from './doc-links.ts'
import { faultsIn, wordsIn } from './glossary.ts'
import { sourceOf } from './syntax.ts'
import { brokenSyntax, syntaxRules } from './syntax-rules.ts'
import { badName, brokenText, tooLong, unknownKind } from './text-rules.ts'

/** Put together here, so that this file does not hold what it forbids. */
const glued = (...parts: readonly string[]): string => parts.join('')

describe('the rules of the syntax', () => {
  const planted: readonly (readonly [path: string, text: string, sentence: string])[] = [
    ['lib/app.ts', 'export const one = (two: any) => two', 'no any'],
    ['test/lib/app.ts', 'export const one = two as string', 'no "as"'],
    ['test/lib/app.ts', 'export const one = <string>two', 'no "as"'],
    ['lib/app.ts', 'export const one = two!.three', 'no "!"'],
    ['shared/campaign/rules.ts', 'export const at = Date.now()', 'time and randomness'],
    ['shared/edge/serve.ts', 'export const at = new Date()', 'time and randomness'],
    ['shared/edge/serve.ts', 'setTimeout(() => undefined, 5)', 'time and randomness'],
    ['shared/kernel/ids.ts', 'export const id = crypto.randomUUID()', 'time and randomness'],
    ['shared/campaign/rules.ts', 'export const dice = Math.random()', 'time and randomness'],
    ['shared/campaign/rules.ts', 'export const stage = process.env.STAGE', 'the environment'],
    ['shared/city.ts', `export * from './campaign/contract.ts'`, 'no "export *"'],
    ['test/campaign/a.unit.test.ts', `it.${'skip'}('one', () => undefined)`, 'no skipped'],
    ['test/campaign/a.unit.test.ts', `describe.${'only'}('one', () => undefined)`, 'no skipped'],
  ]

  it.each(planted)('refuse in %s: %s', (path, text, sentence) => {
    expect(brokenSyntax(sourceOf(path, text)).join('\n')).toContain(sentence)
  })

  it.each([
    ['shared/cloud/clock.ts', 'export const now = () => Date.now()'],
    ['shared/campaign/rules.ts', 'export const day = (at: number) => new Date(at)'],
    ['shared/campaign/rules.ts', 'export const lanes = ["odd", "even"] as const // Date.now() as any'],
    ['test/cloud/a.engine.test.ts', `it.skipIf(true)('one', () => undefined)`],
    ['local/start.ts', 'export const port = process.env.PORT'],
  ])('let through in %s: %s', (path, text) => {
    expect(brokenSyntax(sourceOf(path, text))).toEqual([])
  })

  it('have each been seen to fire', () => {
    const fired = (rule: (typeof syntaxRules)[number]) =>
      planted.some(([path, text]) => brokenSyntax(sourceOf(path, text), [rule]).length > 0)
    expect(syntaxRules.filter((rule) => !fired(rule)).map((rule) => rule.sentence)).toEqual([])
  })
})

describe('the rules of the text', () => {
  it.each([
    ['cdk.json', glued('AKIA', 'IOSFODNN7EXAMPLE'), 'access key'],
    ['docs/keys.md', glued('-----BEGIN EC PRIVATE', ' KEY-----'), 'private key'],
    ['docs/keys.md', glued('ghp_', 'a'.repeat(36)), 'access token'],
    ['.npmrc', glued('//host/:_auth', 'Token=secret'), 'registry credentials'],
    ['.npmrc', glued('registry=https://registry.', 'npmjs.org/'), 'registry host'],
    ['docs/start.md', glued('cd /ho', 'me/lin/tongquan'), 'path of somebody'],
    ['package-lock.json', glued('"reso', 'lved": "https://host/a.tgz"'), 'address of a download'],
    ['lib/app.ts', glued('// TO', 'DO later'), 'note to do later'],
  ])('refuse in %s: %s', (path, text, sentence) => {
    expect(brokenText(path, `first line\n${text}\n`)).toEqual([expect.stringContaining(`${path}:2`)])
    expect(brokenText(path, text).join()).toContain(sentence)
  })

  it('let through addresses that look alike', () => {
    expect(brokenText('docs/api.md', 'GET /v1/work/items, shared/home/page, https://city.example/users/')).toEqual([])
  })

  it('refuse a file of 301 lines and let one of 300 through', () => {
    expect(tooLong('lib/app.ts', 'line\n'.repeat(301))).toHaveLength(1)
    expect(tooLong('lib/app.ts', 'line\n'.repeat(300))).toEqual([])
  })

  it.each(['shared/person/Person.ts', 'shared/person/utils.ts', 'local/helpers/port.ts', 'shared/person/index.ts'])(
    'refuse the name %s',
    (path) => {
      expect(badName(path)).toHaveLength(1)
    },
  )

  it.each([
    'shared/person/identity-number.ts',
    'README.zh-TW.md',
    '.editorconfig',
    'lib/app.ts',
    'docs/adr/0001-frame.md',
    'test/local/fixtures/probe/index.mjs',
  ])('let the name %s through', (path) => {
    expect(badName(path)).toEqual([])
  })

  it('refuse a test that no kind would run', () => {
    expect(unknownKind('test/person/number.test.ts')).toHaveLength(1)
    expect(unknownKind('shared/person/number.unit.test.ts')).toHaveLength(1)
    expect(unknownKind('test/person/number.unit.test.ts')).toEqual([])
  })
})

describe('the links of a page', () => {
  const pages = new Map([
    ['docs/a.md', '# One\n[b](b.md) [there](../LICENSE) [out](https://city.example) `[not](a link.md)`'],
    ['docs/b.md', '## 抽籤 The draw\n[up](a.md#one) [self](#抽籤-the-draw)'],
    ['docs/c.md', '[gone](gone.md) [no heading](a.md#two) ![no picture](map.png)'],
  ])
  const brokenIn = (path: string) => brokenLinks(path, (one) => pages.get(one), [...pages.keys(), 'LICENSE'])

  it('may lead to a file, a heading or the outside', () => {
    expect([...brokenIn('docs/a.md'), ...brokenIn('docs/b.md')]).toEqual([])
  })

  it('are refused when they lead nowhere', () => {
    expect(brokenIn('docs/c.md')).toHaveLength(3)
  })
})

describe('the glossary', () => {
  const table = (...rows: readonly string[]) => ['| zh-TW | English | meaning |', '|---|---|---|', ...rows].join('\n')

  it('is whole when each word stands there once in both languages', () => {
    expect(faultsIn(wordsIn(table('| 活動 | campaign | An offer |', '| 抽籤 | draw | Who wins |')))).toEqual([])
  })

  it.each([
    [table('| campaign | campaign | An offer |'), 'no word in zh-TW'],
    [table('| 活動 | 活動 | An offer |'), 'no English word'],
    [table('| 活動 | campaign | |'), 'no meaning'],
    [table('| 活動 | campaign | An offer |', '| 檔期 | Campaign | An offer |'), 'twice'],
  ])('refuses %s', (page, fault) => {
    expect(faultsIn(wordsIn(page)).join()).toContain(fault)
  })
})

describe('declarations and their functions', () => {
  const named = (capability: string, name: string) => ({ capability, declared: { name } })
  const city = {
    endpoints: [named('campaign', 'changePools')],
    consumers: [],
    schedules: [named('due', 'sweep')],
    fallback: { capability: 'edge', name: 'anythingElse' },
  }
  const files = ['functions/campaign/change-pools.ts', 'functions/due/sweep.ts', 'functions/edge/anything-else.ts']

  it('belong together by name', () => {
    expect(unbound(declaredFiles(city), files)).toEqual([])
  })

  it('are told apart when one lacks the other', () => {
    expect(unbound(declaredFiles(city), files.slice(1))).toEqual([expect.stringContaining('is missing')])
    expect(unbound(declaredFiles(city), [...files, 'functions/due/old.ts'])).toEqual([
      expect.stringContaining('declared by nothing'),
    ])
  })
})
