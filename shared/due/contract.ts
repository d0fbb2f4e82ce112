// The sweep: once a minute, whatever is overdue is sent again. Losing a whole queue loses nothing.
import type { Queue } from '../kernel/queue.ts'
import { schedule } from '../kernel/schedule.ts'
import { dueMarks } from './records.ts'

export const sweepOf = (queues: readonly Queue[]) =>
  schedule({
    name: 'sweep',
    everyMinutes: 1,
    records: { list: [dueMarks], put: [dueMarks], remove: [dueMarks] },
    sends: queues,
    budgetMs: 50_000,
    harm: 'Work that is due stays undone',
  })
