import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { sweepOf } from '../../shared/due/contract.ts'
import { clearDue, dueMessage, markingDue } from '../../shared/due/due.ts'
import { dueMarks, shardsOf } from '../../shared/due/records.ts'
import { sweepDue } from '../../shared/due/sweep.ts'
import { queue } from '../../shared/kernel/queue.ts'
import { type World, world } from '../support/world.ts'

const letters = queue({
  name: 'letters',
  message: dueMessage({ to: z.string() }),
  batchSize: 10,
  maxReceives: 3,
})
const START = Date.parse('2026-12-01T12:00:00+08:00')
const MINUTE = 60_000

const sweep = (city: World) => sweepDue(sweepOf([letters]))(city)()
const marked = async (count: number, dueAt = START) => {
  const city = world()
  for (let place = 0; place < count; place += 1) {
    await city.records.together([markingDue(letters, dueAt, `letter-${place}`, { to: `person-${place}` })])
  }
  return city
}
const marksOf = async (city: World) => {
  const pages = await Promise.all(
    shardsOf('letters').map((partition) => city.records.list(dueMarks, { partition, limit: 1_000 })),
  )
  return pages.flatMap(({ items }) => items)
}

describe('the sweep', () => {
  it('sends what is due and nothing before its time', async () => {
    const city = await marked(3, START + MINUTE)
    await sweep(city)
    expect(city.sent).toEqual([])
    city.at(START + MINUTE)
    await sweep(city)
    expect(city.sent).toHaveLength(3)
  })

  it('reads every page of a shard', async () => {
    const city = world()
    const [shard = ''] = shardsOf('letters')
    for (let place = 0; place < 250; place += 1) {
      const dueKey = `${START}#letter-${String(place).padStart(3, '0')}`
      await city.records.putIfAbsent(dueMarks, { shard, dueKey, message: '{"to":"a"}', sendings: 0 })
    }
    await sweep(city)
    expect(city.sent).toHaveLength(250)
  })

  it('tries again later and later what nobody clears', async () => {
    const city = await marked(1)
    const sentAfter = async (minutes: number) => {
      city.sent.splice(0)
      city.at(START + minutes * MINUTE)
      await sweep(city)
      return city.sent.length
    }
    expect([await sentAfter(0), await sentAfter(4), await sentAfter(5)]).toEqual([1, 0, 1])
    expect([await sentAfter(14), await sentAfter(15)]).toEqual([0, 1])
  })

  it('is done with what its consumer has cleared', async () => {
    const city = await marked(1)
    await sweep(city)
    const { due } = letters.message.parse(city.sent[0]?.message)
    await clearDue(city.records, due)
    await clearDue(city.records, due)
    expect(await marksOf(city)).toEqual([])
  })

  it('lets a mark that cannot be read hold up no other, and says so', async () => {
    const city = await marked(20)
    for (const shard of shardsOf('letters')) {
      const dueKey = `${START - 1}#of-an-older-form`
      await city.records.putIfAbsent(dueMarks, { shard, dueKey, message: '{"recipient":"x"}', sendings: 0 })
    }
    await expect(sweep(city)).rejects.toThrow('were not swept to their end')
    expect(city.sent).toHaveLength(20)
    expect((await marksOf(city)).filter(({ sendings }) => sendings === 0)).toHaveLength(shardsOf('letters').length)
  })

  it('lets an engine that refuses one mark hold up no other', async () => {
    const city = await marked(20)
    let refused = 0
    const together: World['records']['together'] = (steps) => {
      refused += 1
      return refused === 1 ? Promise.reject(new Error('busy')) : city.records.together(steps)
    }
    await expect(sweep({ ...city, records: { ...city.records, together } })).rejects.toThrow('were not swept')
    expect(city.sent).toHaveLength(19)
  })

  it('sends each as it is moved, so that running out of time loses none of them', async () => {
    const city = await marked(50)
    let now = START
    const slow: World = {
      ...city,
      clock: {
        ...city.clock,
        now: () => {
          now += 1_000
          return now
        },
      },
    }
    await sweep(slow)
    const moved = (await marksOf(city)).filter(({ sendings }) => sendings > 0)
    expect(moved.length).toBeGreaterThan(0)
    expect(moved.length).toBeLessThan(50)
    expect(city.sent).toHaveLength(moved.length)
  })
})
