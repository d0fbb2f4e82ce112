// DATA_DIR belongs to one stage at a time. The lock names its holder; a holder that was killed leaves a lock that the next one takes.
import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, Sentence } from '../sentence.ts'
import { commandLineOf, isAlive } from './identity.ts'

const LOCK = 'stage.pid'
const TRIES = 5

export const claimDataDir = (dataDir: string): (() => void) => {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK | constants.R_OK | constants.X_OK)
    return lock(dataDir)
  } catch (thrown) {
    if (thrown instanceof Sentence) throw thrown
    const code = codeOf(thrown)
    if (code === 'EEXIST' || code === 'ENOTDIR') throw new Sentence(`DATA_DIR ${dataDir} is not a folder.`)
    throw new Sentence(
      `The stage cannot write to its DATA_DIR ${dataDir} (${code}). Give write permission, or set DATA_DIR to another folder.`,
    )
  }
}

const lock = (dataDir: string): (() => void) => {
  const file = join(dataDir, LOCK)
  for (let tried = 0; tried < TRIES; tried += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') throw thrown
    }
    const holder = holderOf(file)
    if (holder !== undefined) {
      throw new Sentence(
        `DATA_DIR ${dataDir} is in use by a stage that runs (process ${holder}). Stop it, or set DATA_DIR to another folder.`,
      )
    }
    rmSync(file, { force: true })
  }
  throw new Sentence(`DATA_DIR ${dataDir} is being claimed by another stage that starts.`)
}

/** The process that holds the lock, when it is really a stage. */
const holderOf = (file: string): number | undefined => {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    const isStage = Number.isInteger(pid) && pid > 1 && pid !== process.pid && isAlive(pid)
    return isStage && commandLineOf(pid)?.includes('start.ts') ? pid : undefined
  } catch {
    return undefined
  }
}
