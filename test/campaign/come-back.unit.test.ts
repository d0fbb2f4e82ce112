import { describe, expect, it } from 'vitest'
import { citizen, otherSubject, repeatOf, sports } from '../support/campaigns.ts'
import { CLOSES, deskOf, moment, OPEN, openDesk } from '../support/desk.ts'
import type { World } from '../support/world.ts'

describe('registering after a withdrawal', () => {
  const withdrawn = async () => {
    const desk = await openDesk()
    await desk.register({ repeat: repeatOf('first') })
    desk.city.at(moment(OPEN, 60_000))
    await desk.withdraw()
    desk.city.at(moment(OPEN, 120_000))
    return desk
  }

  it('enters again when it names the withdrawal it follows, at the time of the first entry', async () => {
    const { register } = await withdrawn()
    expect(await register({ pools: [sports], repeat: repeatOf('second'), comesBackFrom: 2 })).toMatchObject({
      value: { status: 201, body: { status: 'STANDING', pools: ['sports'], registeredAt: OPEN, revision: 3 } },
    })
  })

  it('is not done by any request from before it, however late it arrives', async () => {
    const { register, view } = await withdrawn()
    expect(await register({ repeat: repeatOf('first') })).toMatchObject({
      value: { status: 200, body: { status: 'WITHDRAWN' } },
    })
    expect(await register({ repeat: repeatOf('from-another-phone') })).toMatchObject({
      refusal: { code: 'REGISTRATION_WITHDRAWN', facts: { revision: 2 } },
    })
    expect(await register()).toMatchObject({ refusal: { code: 'REGISTRATION_WITHDRAWN' } })
    expect(await view()).toMatchObject({ value: { body: { status: 'WITHDRAWN' } } })
  })

  it('is not done twice by one wish: after the next withdrawal it is an old request too', async () => {
    const { register, withdraw, view } = await withdrawn()
    const wish = { repeat: repeatOf('second'), comesBackFrom: 2 }
    await register(wish)
    await withdraw()
    expect(await register(wish)).toMatchObject({ value: { status: 200, body: { status: 'WITHDRAWN', revision: 4 } } })
    expect(await view()).toMatchObject({ value: { body: { status: 'WITHDRAWN' } } })
  })

  it('25 times at once enters once, and the same key with another body is heard', async () => {
    const { register } = await withdrawn()
    const wish = { repeat: repeatOf('second'), comesBackFrom: 2 }
    const answers = await Promise.all(Array.from({ length: 25 }, () => register(wish)))
    expect(answers.filter((answer) => answer.ok && answer.value.status === 201)).toHaveLength(1)
    expect(answers.filter((answer) => answer.ok && answer.value.status === 200)).toHaveLength(24)
    expect(await register({ repeat: repeatOf('second', 'other'), comesBackFrom: 2 })).toMatchObject({
      refusal: { code: 'IDEMPOTENCY_KEY_REUSED' },
    })
  })

  it('does not overwrite an entry that was withdrawn once more between reading and writing', async () => {
    const desk = await withdrawn()
    const { city } = desk
    let raced = false
    const change: World['records']['change'] = async (...args) => {
      if (!raced) {
        raced = true
        await desk.register({ repeat: repeatOf('another'), comesBackFrom: 2 })
        await desk.withdraw()
      }
      return city.records.change(...args)
    }
    const slow = deskOf({ ...city, records: { ...city.records, change } })
    expect(await slow.register({ repeat: repeatOf('second'), comesBackFrom: 2 })).toMatchObject({
      refusal: { code: 'REGISTRATION_WITHDRAWN', facts: { revision: 4 } },
    })
  })
})

describe('a repeat after closing, because the answer was lost', () => {
  it('hears that the entry stands, when it is the same request', async () => {
    const { city, register } = await openDesk()
    const first = await register({ repeat: repeatOf('key') })
    city.at(moment(CLOSES, 1_000))
    expect(await register({ repeat: repeatOf('key') })).toEqual({
      ok: true,
      value: { ...(first.ok && first.value), status: 200 },
    })
  })

  it('is told that it is too late, when it is another one', async () => {
    const { city, register } = await openDesk()
    await register({ repeat: repeatOf('key') })
    city.at(moment(CLOSES, 1_000))
    const closed = { refusal: { code: 'CAMPAIGN_CLOSED' } }
    expect(await register()).toMatchObject(closed)
    expect(await register({ repeat: repeatOf('key', 'other') })).toMatchObject(closed)
    expect(await register({ repeat: repeatOf('key'), caller: citizen({ subject: otherSubject }) })).toMatchObject(
      closed,
    )
  })
})
