import { expect, it } from 'vitest'
import { languageOf } from '../../shared/edge/language.ts'

it.each([
  [undefined, 'zh'],
  ['', 'zh'],
  ['zh-TW', 'zh'],
  ['en', 'en'],
  ['en-US,en;q=0.9', 'en'],
  ['zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7', 'zh'],
  ['en;q=0.9,zh;q=0.8', 'en'],
  ['fr,de', 'zh'],
  ['EN-GB', 'en'],
])('%s is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})

it('reads only the beginning of a header that does not end', () => {
  expect(languageOf(`${'x,'.repeat(10_000)}en`)).toBe('zh')
})
