// In Lambda nothing runs between events: the process is frozen. Here a timer of a function that fires while the function has no
// event in flight is held back, and runs when its next event begins. A discarded function never has a next event: what is still
// in flight goes on to its end, then its timers stand still for ever.
import { promisify } from 'node:util'

type Task = () => void

export interface Freezer {
  begin(): void
  end(): void
  discard(): void
  isRunning(): boolean
  /** Until the next event begins. */
  hold(task: Task): void
}

/** A function that queues more than this between two events leaks; in Lambda it would run out of memory. */
const MAX_HELD = 10_000

export const freezer = (): Freezer => {
  let inFlight = 0
  let discarded = false
  let held: Task[] = []
  return {
    begin: () => {
      inFlight += 1
      if (held.length === 0) return
      const due = held
      held = []
      for (const task of due) task()
    },
    end: () => {
      inFlight -= 1
    },
    discard: () => {
      discarded = true
      held = []
    },
    isRunning: () => inFlight > 0,
    hold: (task) => {
      if (!discarded && held.length < MAX_HELD) held.push(task)
    },
  }
}

type Callback = (...values: unknown[]) => void

export const timersOf = (frozen: Freezer) => {
  /** Fired while frozen. Of an interval that fires often meanwhile one run is owed, not many. */
  const owed = new Set<object>()

  const later = <Handle extends object>(
    start: (fire: Task) => Handle,
    callback: Callback,
    values: unknown[],
  ): Handle => {
    const handle: Handle = start(() => {
      if (frozen.isRunning()) {
        callback(...values)
        return
      }
      if (owed.has(handle)) return
      owed.add(handle)
      frozen.hold(() => {
        if (owed.delete(handle)) callback(...values)
      })
    })
    return handle
  }
  const after = (callback: Callback, delay?: number, ...values: unknown[]) =>
    later((fire) => setTimeout(fire, delay), callback, values)
  const every = (callback: Callback, delay?: number, ...values: unknown[]) =>
    later((fire) => setInterval(fire, delay), callback, values)
  const soon = (callback: Callback, ...values: unknown[]) => later((fire) => setImmediate(fire), callback, values)
  const cancel = (handle?: NodeJS.Timeout | string | number): void => {
    if (typeof handle === 'object') owed.delete(handle)
    clearTimeout(handle)
  }
  const cancelSoon = (handle?: NodeJS.Immediate): void => {
    if (handle !== undefined) owed.delete(handle)
    clearImmediate(handle)
  }
  const pause = (delay?: number, value?: unknown) => new Promise((done) => after(() => done(value), delay))
  const turn = (value?: unknown) => new Promise((done) => soon(() => done(value)))
  return {
    setTimeout: Object.assign(after, { [promisify.custom]: pause }),
    setInterval: every,
    setImmediate: Object.assign(soon, { [promisify.custom]: turn }),
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancelSoon,
    pause,
    turn,
  }
}
