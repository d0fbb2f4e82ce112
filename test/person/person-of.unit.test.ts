import { describe, expect, it } from 'vitest'
import { personOf } from '../../shared/person/person-of.ts'
import { world } from '../support/world.ts'

describe('the person behind a proven number', () => {
  it('is made at the first proof and found ever after', async () => {
    const find = personOf(world())
    const first = await find('A123456789')
    expect(await find('A123456789')).toBe(first)
    expect(await find('A223456781')).not.toBe(first)
  })

  it('is one, when 25 proofs of one number arrive at once', async () => {
    const find = personOf(world())
    const found = await Promise.all(Array.from({ length: 25 }, () => find('A123456789')))
    expect(new Set(found).size).toBe(1)
  })

  it('stays the same when the key is rotated, however often', async () => {
    const city = world()
    const find = personOf(city)
    const before = await find('A123456789')
    city.rotate()
    expect(await find('A123456789')).toBe(before)
    city.rotate()
    expect(await find('A123456789')).toBe(before)
  })

  it('is one, when a worker that has not yet seen the new key proves the same number', async () => {
    const city = world()
    const behind = { ...city, vault: { ...city.vault, hashing: city.vault.hashing } }
    const oldRing = await city.vault.hashing('citizen')
    behind.vault.hashing = async () => ({ ...oldRing, versions: [1], currentVersion: 1 })
    city.rotate()
    const [late, early] = await Promise.all([personOf(behind)('A123456789'), personOf(city)('A123456789')])
    expect(late).toBe(early)
  })

  it('is found under the new key alone, once it was proven after the rotation', async () => {
    const city = world()
    const find = personOf(city)
    const before = await find('A123456789')
    city.rotate()
    await find('A123456789')
    const ring = await city.vault.hashing('citizen')
    const forgotten = async () => ({ ...ring, versions: [2] })
    expect(await personOf({ ...city, vault: { ...city.vault, hashing: forgotten } })('A123456789')).toBe(before)
  })
})
