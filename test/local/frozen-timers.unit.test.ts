import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { freezer, timersOf } from '../../local/worker/frozen-timers.ts'

const made = () => {
  const frozen = freezer()
  return { frozen, timers: timersOf(frozen), fired: vi.fn<(value?: unknown) => void>() }
}

describe('timers of a function', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('fire while an event is in flight', () => {
    const { frozen, timers, fired } = made()
    frozen.begin()
    timers.setTimeout(fired, 10, 'value')
    vi.advanceTimersByTime(10)
    expect(fired).toHaveBeenCalledExactlyOnceWith('value')
  })

  it('stand still between events and go on with the next', () => {
    const { frozen, timers, fired } = made()
    frozen.begin()
    timers.setTimeout(fired, 10)
    timers.setImmediate(fired)
    frozen.end()
    vi.advanceTimersByTime(60_000)
    expect(fired).not.toHaveBeenCalled()
    frozen.begin()
    expect(fired).toHaveBeenCalledTimes(2)
  })

  it('owe one run of an interval, however long they stood still', () => {
    const { frozen, timers, fired } = made()
    frozen.begin()
    timers.setInterval(fired, 10)
    frozen.end()
    vi.advanceTimersByTime(1_000)
    frozen.begin()
    expect(fired).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(20)
    expect(fired).toHaveBeenCalledTimes(3)
  })

  it('can be cleared while they stand still', () => {
    const { frozen, timers, fired } = made()
    const timer = timers.setTimeout(fired, 10)
    vi.advanceTimersByTime(10)
    timers.clearTimeout(timer)
    frozen.begin()
    expect(fired).not.toHaveBeenCalled()
  })

  it('go on for what is in flight when the function is discarded, and then never again', () => {
    const { frozen, timers, fired } = made()
    frozen.begin()
    timers.setTimeout(fired, 10)
    timers.setTimeout(fired, 20)
    frozen.discard()
    vi.advanceTimersByTime(10)
    expect(fired).toHaveBeenCalledOnce()
    frozen.end()
    vi.advanceTimersByTime(10)
    frozen.begin()
    expect(fired).toHaveBeenCalledOnce()
  })

  it('also stand still as promises', async () => {
    const { frozen, timers, fired } = made()
    void promisify(timers.setTimeout)(10).then(fired)
    await vi.advanceTimersByTimeAsync(10)
    expect(fired).not.toHaveBeenCalled()
    frozen.begin()
    await vi.advanceTimersByTimeAsync(0)
    expect(fired).toHaveBeenCalledOnce()
  })
})
