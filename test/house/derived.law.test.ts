import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { derived } from '../../scripts/derive.ts'

it.each(derived)('$file is what the declarations say', ({ file, text }) => {
  expect(readFileSync(file, 'utf8')).toBe(text)
})
