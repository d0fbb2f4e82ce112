// The stage as a process among others: how it starts, ends, and what is left when it is killed.
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { isAlive } from '../../local/process/identity.ts'
import { leaveOut } from '../support/left-out.ts'
import { assemblyOf, notesTable, smallCity } from './small-city.ts'
import { newDataDir, notesIn, type Running, runStage, stopStage } from './small-stage.ts'

/** Machines are busy at times; what is waited for usually comes at once. */
const PATIENCE_MS = 20_000

const assembly = assemblyOf(smallCity)
const started: Running[] = []
const run = (wishes: Parameters<typeof runStage>[0]): Running => {
  const running = runStage({ assembly, ...wishes })
  started.push(running)
  return running
}
afterEach(async () => {
  await Promise.all(started.splice(0).map(stopStage))
})

const allGone = (pids: readonly number[]) =>
  expect.poll(() => pids.filter(isAlive), { timeout: PATIENCE_MS, interval: 20 }).toEqual([])
const pidsOf = ({ pids }: { pids: { primary: number; workers: number[]; engine: number } }) => [
  pids.primary,
  ...pids.workers,
  pids.engine,
]

describe('starting', () => {
  it('says in one sentence that the port is in use', async () => {
    const other = createServer()
    const port = await new Promise<number>((done) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address()
        done(typeof address === 'object' && address ? address.port : 0)
      })
    })
    const { code, output } = await run({ dataDir: newDataDir(), environment: { PORT: String(port) } }).ended
    other.close()
    expect(code).toBe(1)
    expect(output).toContain(`Port ${port} is in use.`)
    expect(output).not.toMatch(/^\s+at /m)
  })

  it('says in one sentence that DATA_DIR is no folder, or one it may not write to', async () => {
    const file = join(newDataDir(), 'file')
    writeFileSync(file, '')
    const { code, output } = await run({ dataDir: file }).ended
    expect([code, output]).toEqual([1, expect.stringContaining('is not a folder.')])
  })

  const isRoot = process.getuid?.() === 0
  if (isRoot)
    leaveOut({
      what: 'the stage in a DATA_DIR without write permission',
      why: 'root may write everywhere',
      allowed: true,
    })
  it.skipIf(isRoot)('says in one sentence that it may not write to DATA_DIR', async () => {
    const dataDir = newDataDir()
    chmodSync(dataDir, 0o500)
    const { code, output } = await run({ dataDir }).ended
    expect([code, output]).toEqual([1, expect.stringContaining('cannot write to its DATA_DIR')])
  })

  it('refuses by name what it cannot run', async () => {
    const streamed = {
      ...notesTable,
      Properties: {
        ...notesTable.Properties,
        TableName: 'streamed',
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      },
    }
    const { code, output } = await run({
      dataDir: newDataDir(),
      assembly: assemblyOf({ ...smallCity, Streamed: streamed }),
    }).ended
    expect(code).toBe(1)
    expect(output).toMatch(/small-city\/Streamed \(Streamed, AWS::DynamoDB::GlobalTable\).*stream/)
  })

  it('says in one sentence what is wrong with its arguments, and helps', async () => {
    const wrong = await run({ dataDir: newDataDir(), args: ['--chaos', 'earthquake'] }).ended
    expect([wrong.code, wrong.output]).toEqual([1, expect.stringContaining('not "earthquake"')])
    const help = await run({ dataDir: newDataDir(), args: ['--help'] }).ended
    expect([help.code, help.output]).toEqual([0, expect.stringContaining('DATA_DIR/stage.json')])
  })

  it('leaves a DATA_DIR alone that another stage is using', async () => {
    const dataDir = newDataDir()
    await run({ dataDir }).ready
    const { code, output } = await run({ dataDir }).ended
    expect([code, output]).toEqual([1, expect.stringContaining('is in use by a stage that runs')])
  })
})

describe('ending', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('leaves no process behind after %s', async (signal) => {
    const running = run({ dataDir: newDataDir(), args: ['--permissions'] })
    const state = await running.ready
    await fetch(`${state.origin}/plain`)
    running.child.kill(signal)
    expect((await running.ended).code).toBe(0)
    await allGone(pidsOf(state))
  })

  it('takes its children along when the primary process is killed', async () => {
    const running = run({ dataDir: newDataDir() })
    const state = await running.ready
    process.kill(state.pids.primary, 'SIGKILL')
    await allGone(pidsOf(state))
  })
})

const LOAD_MS = 2_000
const WRITERS = 50

describe('a kill of every process at full load', () => {
  it('loses nothing that was answered', async () => {
    const dataDir = newDataDir()
    const first = run({ dataDir })
    const state = await first.ready
    const answered: string[] = []
    let writing = true
    const write = async (writer: number): Promise<void> => {
      for (let note = 0; writing; note += 1) {
        const noteId = `${writer}-${note}`
        const answer = await fetch(`${state.origin}/notes/${noteId}`, { method: 'POST' }).catch(() => undefined)
        if (answer?.status === 201) answered.push(noteId)
      }
    }
    const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer))
    await new Promise((done) => setTimeout(done, LOAD_MS))
    for (const pid of pidsOf(state)) process.kill(pid, 'SIGKILL')
    writing = false
    await Promise.all(writers)
    await first.ended

    const second = await run({ dataDir }).ready
    const kept = await notesIn(second.dynamodb)
    expect(answered.length).toBeGreaterThan(100)
    expect(answered.filter((noteId) => !kept.has(noteId))).toEqual([])
  })
})

describe('--permissions', () => {
  it('refuses what the role does not grant and records what every function called', async () => {
    const dataDir = newDataDir()
    const running = run({ dataDir, args: ['--permissions'] })
    const { origin } = await running.ready
    expect((await fetch(`${origin}/notes/granted`, { method: 'POST' })).status).toBe(201)
    await stopStage(running)
    expect(callsIn(dataDir)).toContainEqual(
      expect.objectContaining({
        function: 'probe',
        operation: 'PutItem',
        actions: [['dynamodb:PutItem', 'arn:aws:dynamodb:ap-east-2:000000000000:table/notes']],
        allowed: true,
        writeUnits: 1,
      }),
    )

    const { Role, ...others } = smallCity
    const bare = assemblyOf({ ...others, Role: { Type: 'AWS::IAM::Role', Properties: {} } })
    const second = run({ dataDir: newDataDir(), assembly: bare, args: ['--permissions'] })
    const refused = await fetch(`${(await second.ready).origin}/notes/denied`, { method: 'POST' })
    expect([Role?.Type, refused.status, await refused.text()]).toEqual([
      'AWS::IAM::Role',
      400,
      expect.stringContaining('AccessDeniedException'),
    ])
  })
})

describe('--chaos', () => {
  it('strikes, and says at the end how often', async () => {
    const running = run({ dataDir: newDataDir(), args: ['--chaos', 'throttle,slow,crash', '--seed', '7'] })
    const { origin } = await running.ready
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        fetch(`${origin}/notes/${index}`, { method: 'POST' })
          .then(({ status }) => status)
          .catch(() => 0),
      ),
    )
    expect(answers.filter((status) => status === 400).length).toBeGreaterThan(0)
    const { output } = await stopStage(running)
    expect(output).toContain('chaos with --seed 7')
    expect(output).toMatch(/chaos of seed 7: .*throttle \d+/)
  })
})

const callsIn = (dataDir: string): readonly unknown[] => {
  expect(readdirSync(dataDir)).toContain('calls.jsonl')
  return readFileSync(join(dataDir, 'calls.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}
