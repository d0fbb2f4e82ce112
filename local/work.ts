// What no front door starts: queues, schedules, and the counts that all workers share.
import { counts, diceOf } from './chaos/dice.ts'
import { houseFaults } from './chaos/house-faults.ts'
import type { Crew } from './crew.ts'
import { admissions } from './door/admissions.ts'
import { awsJson } from './engine/aws-json.ts'
import { type Poller, startPoller } from './engine/poller.ts'
import type { Queues } from './engine/queues.ts'
import { startTimetable, type Timetable } from './engine/timetable.ts'
import type { Chaos } from './options.ts'
import type { FunctionPlan, Plan } from './template/plan.ts'
import type { Outcome } from './worker/lambda.ts'
import type { ToPrimary, ToWorker } from './worker/messages.ts'

export interface Work {
  hear(message: ToPrimary, answer: (message: ToWorker) => void): void
  begin(crew: Crew): void
  stop(): Promise<void>
  /** How often each fault of the house struck. */
  faults(): Readonly<Record<string, number>>
}

export const startWork = (
  plan: Plan,
  queues: Queues,
  chaos: Chaos | undefined,
  around: { say(line: string): void },
): Work => {
  const seen = counts()
  const faults = chaos && houseFaults(chaos, plan, diceOf(chaos.seed), seen)
  const admit = admissions(plan.agencyDoor)
  const call = awsJson(queues.endpoint, 'AmazonSQS', plan.region)
  const trouble = (thrown: unknown) =>
    around.say(`trouble: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  let pollers: readonly Poller[] = []
  let timetable: Timetable | undefined
  return {
    hear: (message, answer) => {
      if (message.kind === 'admit')
        answer({ kind: 'admitted', id: message.id, verdict: admit(message.keyId, Date.now()) })
      if (message.kind === 'run') {
        const done = (outcome: Outcome | undefined) => answer({ kind: 'ran', id: message.id, outcome })
        void (timetable?.run(message.scheduleId) ?? Promise.resolve(undefined)).then(done)
      }
    },
    begin: (crew) => {
      const byId = new Map(plan.functions.map((each) => [each.id, each]))
      pollers = plan.mappings.map((mapping) => {
        const lambda = known(byId.get(mapping.functionId), mapping.id)
        return startPoller({
          mapping,
          region: plan.region,
          call,
          invoke: (event) => crew.invoke(lambda, event),
          trouble,
          ...(faults ? { deliveries: faults.deliveries } : {}),
        })
      })
      timetable = startTimetable({
        schedules: plan.schedules,
        functions: plan.functions,
        account: plan.account,
        region: plan.region,
        now: Date.now,
        invoke: crew.invoke,
        missed: (queueUrl, body) => call('SendMessage', { QueueUrl: queueUrl, MessageBody: body }),
        trouble,
      })
      faults?.begin(crew, call)
    },
    faults: seen.all,
    stop: async () => {
      faults?.stop()
      timetable?.stop()
      await Promise.all(pollers.map((poller) => poller.stop()))
    },
  }
}

const known = (lambda: FunctionPlan | undefined, id: string): FunctionPlan => {
  if (!lambda) throw new Error(`no function for ${id}`)
  return lambda
}
