import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parityRows } from '../../local/template/parity.ts'

describe('the parity table', () => {
  it('stands in docs/local-stage.md as the stage keeps it', () => {
    const page = readFileSync(new URL('../../docs/local-stage.md', import.meta.url), 'utf8')
    const shown = page.split('<!-- parity -->')[1]?.split('<!-- /parity -->')[0]?.trim()
    expect(shown).toBe(parityRows().join('\n'))
  })
})
