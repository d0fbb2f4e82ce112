// The load generator: a process of its own, so that its processor time can be told from that of what it measures.
import { engineStorm } from './engine-storm.ts'
import type { GeneratorReport, Job, Outcome } from './jobs.ts'
import { mintTokens } from './mint.ts'
import { registrationStorm } from './registration-storm.ts'

const report = (line: GeneratorReport): Promise<void> =>
  new Promise((done) => {
    if (process.send) process.send(line, undefined, {}, () => done())
    else done()
  })
const progressOf = (what: string) => (done: number, total: number) =>
  void report({ kind: 'progress', what, done, total })

const perform = async (job: Job): Promise<Outcome> => {
  if (job.kind === 'engine') {
    await report({ kind: 'begun' })
    return engineStorm(job, progressOf('puts'))
  }
  const minted = progressOf('tokens')
  const tokens = await mintTokens(job, (done) => minted(done, job.people))
  await report({ kind: 'begun' })
  return registrationStorm(job, tokens, progressOf('registrations'))
}

process.on('disconnect', () => process.exit(1))
process.once('message', async (job: Job) => {
  try {
    await report({ kind: 'ended', outcome: await perform(job) })
    process.exit(0)
  } catch (thrown) {
    await report({ kind: 'failed', why: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) })
    process.exit(1)
  }
})
