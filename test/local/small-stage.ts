// The stage as a process, with the small city in it.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { temporaryFolder } from './temporary.ts'

const command = fileURLToPath(new URL('../../local/start.ts', import.meta.url))

const State = z.object({
  origin: z.string(),
  direct: z.string(),
  dynamodb: z.string(),
  sqs: z.string(),
  s3: z.string(),
  pids: z.object({ primary: z.number(), workers: z.array(z.number()), engine: z.number() }),
  agencyKeys: z.array(z.object({ name: z.string(), value: z.string() })),
})

export interface Ended {
  readonly code: number | null
  readonly output: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  output(): string
  /** Resolves with the addresses when the stage says that it is ready. */
  readonly ready: Promise<z.infer<typeof State>>
}

export const newDataDir = (): string => temporaryFolder('data')

interface Wishes {
  readonly dataDir: string
  readonly assembly?: string
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export const stateOf = (dataDir: string) => State.parse(JSON.parse(readFileSync(join(dataDir, 'stage.json'), 'utf8')))

export const runStage = ({ dataDir, assembly, args = [], environment = {} }: Wishes): Running => {
  const all = [command, ...(assembly === undefined ? [] : ['--assembly', assembly]), ...args]
  const env = { ...process.env, PORT: '0', DATA_DIR: dataDir, WORKERS: '2', ...environment }
  const child = spawn(process.execPath, all, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let heard = ''
  const ended = new Promise<Ended>((done) => child.once('close', (code) => done({ code, output: heard })))
  const ready = new Promise<z.infer<typeof State>>((done, failed) => {
    let isReady = false
    const hear = (text: string) => {
      heard += text
      if (isReady || !/^Ready in/m.test(heard)) return
      isReady = true
      done(stateOf(dataDir))
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    void ended.then(({ code, output }) => failed(new Error(`the stage ended with ${code}:\n${output}`)))
  })
  ready.catch(() => undefined)
  return { child, ended, ready, output: () => heard }
}

export const stopStage = async (running: Running): Promise<Ended> => {
  if (running.child.exitCode === null && running.child.signalCode === null) running.child.kill('SIGINT')
  return running.ended
}

/** All items of the small city's table, page by page. */
export const notesIn = async (dynamodb: string): Promise<ReadonlySet<string>> => {
  const found = new Set<string>()
  let start: unknown
  for (let page = 0; page < 1_000; page += 1) {
    const answer = await fetch(dynamodb, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.Scan',
        'x-amz-date': '20260101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20260101/ap-east-2/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify({ TableName: 'notes', ...(start === undefined ? {} : { ExclusiveStartKey: start }) }),
    })
    const read = Notes.parse(await answer.json())
    for (const { noteId } of read.Items) found.add(noteId.S)
    if (read.LastEvaluatedKey === undefined) break
    start = read.LastEvaluatedKey
  }
  return found
}

const Notes = z.object({
  Items: z.array(z.object({ noteId: z.object({ S: z.string() }) })),
  LastEvaluatedKey: z.unknown().optional(),
})
