// Small files of secrets in DATA_DIR, made at the first start and readable by their owner alone.
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { Sentence } from '../sentence.ts'

const MODE = 0o600

export const keptFile = <Schema extends z.ZodType>(
  dataDir: string,
  name: string,
  schema: Schema,
  make: () => z.infer<Schema>,
): z.infer<Schema> => {
  const file = join(dataDir, name)
  if (!existsSync(file)) create(file, JSON.stringify(make()))
  const read = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (read.success) return read.data
  throw new Sentence(`${file} cannot be read as what this stage once wrote there. Move DATA_DIR away to start afresh.`)
}

/** Of two that make the file at once, the first wins and both read the same. */
const create = (file: string, text: string): void => {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text, { mode: MODE })
  try {
    linkSync(draft, file)
  } catch {
    // The other one was first.
  }
  rmSync(draft)
}

export const replaceKept = (dataDir: string, name: string, value: unknown): void => {
  const file = join(dataDir, name)
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode: MODE })
  renameSync(`${file}.new`, file)
}
