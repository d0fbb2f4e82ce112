// The storm of DESIGN §9 at the front door: distinct people, a few of them twice, 250 in flight.
import type { Outcome, RegistrationJob } from './jobs.ts'
import { queueOf } from './people.ts'
import { raise } from './storm.ts'
import { tallyOf } from './tally.ts'

const NUMBER_MARK = '"registrationNumber":"'
const NUMBER_LENGTH = 14
const PROGRESS_EVERY = 1_000
/** Who is told to come back does, after everybody else; this often. */
const MAX_ROUNDS = 5

export const registrationStorm = async (
  job: RegistrationJob,
  tokens: readonly string[],
  progress: (done: number, total: number) => void,
): Promise<Outcome> => {
  const head = headOf(job)
  const numbers = new Map<number, string>()
  let contradictions = 0
  let queue = queueOf(job.firstPerson, job.people)
  const tally = tallyOf(queue.length * MAX_ROUNDS)
  const { hostname: host, port } = new URL(job.origin)
  for (let round = 0; round < MAX_ROUNDS && queue.length > 0; round += 1) {
    const again: number[] = []
    const asked = queue
    const personAt = (index: number): number => asked[index] ?? 0
    await raise({
      host,
      port: Number(port),
      inFlight: job.inFlight,
      total: asked.length,
      request: (index) => {
        const person = personAt(index)
        return `${head.before}${tokens[person - job.firstPerson]}${head.between}bench-person-${person}${head.after}`
      },
      heard: (index, status, body, latencyMs) => {
        const person = personAt(index)
        const done = tally.count(status, latencyMs)
        if (done % PROGRESS_EVERY === 0) progress(done, Math.max(done, asked.length))
        if (status !== 201 && status !== 200) return void again.push(person)
        const number = numberIn(body)
        const known = numbers.get(person)
        if (known !== undefined && known !== number) contradictions += 1
        numbers.set(person, number)
      },
    })
    queue = Uint32Array.from(again)
  }
  return { tally: tally.done(), numbers: [...numbers.values()], contradictions }
}

const numberIn = (body: Buffer): string => {
  const at = body.indexOf(NUMBER_MARK) + NUMBER_MARK.length
  return body.toString('latin1', at, at + NUMBER_LENGTH)
}

/** Everything of the request but the token and the key is the same for all. */
const headOf = ({ origin, campaignId, pools }: RegistrationJob) => {
  const body = JSON.stringify({ pools })
  return {
    before: `POST /v1/campaigns/${campaignId}/registrations HTTP/1.1\r\nhost: ${new URL(origin).host}\r\nauthorization: Bearer `,
    between: `\r\naccept: application/json\r\ncontent-type: application/json\r\nidempotency-key: `,
    after: `\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  }
}
