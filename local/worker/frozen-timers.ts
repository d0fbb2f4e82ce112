// In Lambda nothing runs between events: the process is frozen. Here a timer of a function that fires while the function has no
// event in flight is held back, and runs when its next event begins. Discarded functions stay frozen for ever.
import { promisify } from 'node:util'

type Task = () => void

export interface Freezer {
  begin(): void
  end(): void
  discard(): void
  /** Runs the task now, or when the next event begins. */
  run(task: Task): void
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
    run: (task) => {
      if (discarded) return
      if (inFlight > 0) task()
      else if (held.length < MAX_HELD) held.push(task)
    },
  }
}

type Callback = (...values: unknown[]) => void

export const timersOf = (frozen: Freezer) => {
  const cancelled = new WeakSet<object>()
  const waiting = new WeakSet<object>()

  const later = <Handle extends object>(
    start: (fire: Task) => Handle,
    callback: Callback,
    values: unknown[],
  ): Handle => {
    const handle: Handle = start(() => {
      // Of an interval that fires often while frozen, one run is owed, not many.
      if (waiting.has(handle)) return
      waiting.add(handle)
      frozen.run(() => {
        waiting.delete(handle)
        if (!cancelled.has(handle)) callback(...values)
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
    if (typeof handle === 'object') cancelled.add(handle)
    clearTimeout(handle)
  }
  const cancelSoon = (handle?: NodeJS.Immediate): void => {
    if (handle !== undefined) cancelled.add(handle)
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
