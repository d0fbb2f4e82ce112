import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { readAssembly } from '../../local/template/assembly.ts'
import { isHelperOfCdk, kinds } from '../../local/template/kinds.ts'

const resources = readAssembly(join(inject('assembly'), 'assembly-local')).flatMap((stack) => stack.resources)

describe('every resource of the local template', () => {
  it('has its line in the parity table', () => {
    expect(resources.length).toBeGreaterThan(50)
    expect([...new Set(resources.map(({ type }) => type))].filter((type) => !(type in kinds))).toEqual([])
  })

  it('is of a kind that the stage does not refuse', () => {
    expect(
      resources
        .filter(({ type, path }) => kinds[type]?.how === 'refused' && !isHelperOfCdk(path))
        .map(({ path }) => path),
    ).toEqual([])
  })
})
