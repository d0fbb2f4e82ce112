// The command: brings the stage up, prints one ready line, and takes everything down again on Ctrl-C.
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { HELP } from './help.ts'
import { type Options, readOptions } from './options.ts'
import { claimDataDir } from './process/data-dir.ts'
import { readyLines } from './ready.ts'
import { Sentence } from './sentence.ts'
import { startStage, type Undo } from './stage.ts'

/** Whatever hangs, Ctrl-C ends within this. */
const STOP_PATIENCE_MS = 5_000

const undo: Undo[] = []
const say = (line: string): void => void process.stdout.write(`  ${line}\n`)
let ending: Promise<never> | undefined

const end = (status: number): Promise<never> => {
  ending ??= takeDown(status)
  return ending
}

const takeDown = async (status: number): Promise<never> => {
  setTimeout(() => process.exit(status), STOP_PATIENCE_MS).unref()
  for (const step of undo.reverse()) {
    try {
      await step()
    } catch (thrown) {
      say(`while stopping: ${String(thrown)}`)
    }
  }
  process.exit(status)
}

const fail = (thrown: unknown): Promise<never> => {
  if (ending) return ending
  process.stderr.write(
    thrown instanceof Sentence ? `${thrown.message}\n` : `${thrown instanceof Error ? thrown.stack : String(thrown)}\n`,
  )
  return end(1)
}

const run = async (options: Options): Promise<void> => {
  const startedAt = performance.now()
  const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')
  process.stdout.write('Tongquan 通券, the local stage\n')
  undo.push(claimDataDir(options.dataDir))
  if (options.chaos) say(`chaos with --seed ${options.chaos.seed}`)
  const stage = await startStage(options, { root, say, died: (why) => void fail(new Sentence(why)) }, undo)
  for (const line of readyLines(stage, options, performance.now() - startedAt)) process.stdout.write(`${line}\n`)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0))
process.on('uncaughtException', (thrown) => void fail(thrown))
process.on('unhandledRejection', (thrown) => void fail(thrown))

try {
  const options = readOptions(process.argv.slice(2), process.env, () => randomInt(2 ** 32))
  if (options.help) {
    process.stdout.write(HELP)
    process.exit(0)
  }
  await run(options)
} catch (thrown) {
  await fail(thrown)
}
