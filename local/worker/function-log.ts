// Where the functions of this worker write: one file each under DATA_DIR/logs, buffered, and turned over when it grows too large.
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'

/** The file and the one before it: at most twice this for each function and worker. */
const MAX_FILE_BYTES = 20_000_000
const FLUSH_EVERY_MS = 250
const MAX_BUFFER_CHARACTERS = 65_536

export interface FunctionLog {
  readonly stream: Writable
  line(text: string): void
  flush(): void
}

export const functionLogs = (directory: string, worker: string) => {
  mkdirSync(directory, { recursive: true })
  const all: FunctionLog[] = []
  const flush = () => {
    for (const log of all) log.flush()
  }
  setInterval(flush, FLUSH_EVERY_MS).unref()
  return {
    open: (name: string): FunctionLog => {
      const log = openLog(join(directory, `${name}.${worker}.log`))
      all.push(log)
      return log
    },
    flush,
  }
}

const openLog = (file: string): FunctionLog => {
  let size = existsSync(file) ? statSync(file).size : 0
  let parts: string[] = []
  let characters = 0
  const flush = () => {
    if (parts.length === 0) return
    const text = parts.join('')
    parts = []
    characters = 0
    if (size + text.length > MAX_FILE_BYTES) {
      renameSync(file, `${file}.1`)
      size = 0
    }
    appendFileSync(file, text)
    size += text.length
  }
  const add = (text: string) => {
    parts.push(text)
    characters += text.length
    if (characters > MAX_BUFFER_CHARACTERS) flush()
  }
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      add(String(chunk))
      done()
    },
  })
  return { stream, line: (text) => add(`${text}\n`), flush }
}
