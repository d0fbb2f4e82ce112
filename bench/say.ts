// What the bench says while it works: lines, and on a terminal one line that tells how far it is and how long it will take.

export interface Say {
  line(text: string): void
  progress(what: string, done: number, total: number): void
}

const WIDTH = 78

export const sayOn = (stream: NodeJS.WriteStream, now: () => number = () => performance.now()): Say => {
  let task = { what: '', startedAt: 0, from: 0 }
  let shown = false
  const clear = () => {
    if (shown) stream.write(`\r${' '.repeat(WIDTH)}\r`)
    shown = false
  }
  return {
    line: (text) => {
      clear()
      stream.write(`  ${text}\n`)
    },
    progress: (what, done, total) => {
      if (!stream.isTTY) return
      if (task.what !== what || done < task.from) task = { what, startedAt: now(), from: done }
      const perMs = (done - task.from) / (now() - task.startedAt)
      const left = perMs > 0 ? `, ${Math.ceil((total - done) / perMs / 1_000)} s left` : ''
      stream.write(
        `\r${`  ${what}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}${left}`.padEnd(WIDTH)}`,
      )
      shown = true
      if (done >= total) clear()
    },
  }
}
