// Marking work as due, and clearing it. The marking step joins the commit that makes the work due.
import * as z from 'zod'
import type { Instant, Ports } from '../kernel/ports.ts'
import type { Queue } from '../kernel/queue.ts'
import { putting, type Step } from '../kernel/records.ts'
import { DueMark, dueMarks, markOf } from './records.ts'

/** The schema of a message that has a due mark. */
export const dueMessage = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ ...shape, due: DueMark })

type WithoutMark<Message> = Omit<Message, 'due'>

export const markingDue = <Q extends Queue>(
  queue: Q,
  dueAt: Instant,
  id: string,
  message: WithoutMark<z.infer<Q['message']>>,
): Step => putting(dueMarks, { ...markOf(queue.name, dueAt, id), message: JSON.stringify(message), sendings: 0 })

/** A mark that is gone already was cleared by the same message's other delivery: nothing to do. */
export const clearDue = async (records: Ports['records'], mark: DueMark): Promise<void> => {
  await records.remove(dueMarks, mark, {})
}
