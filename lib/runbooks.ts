// Every alarm names the page that says what to do. A law looks that each of them is there.
export const runbooks = {
  slowAnswers: 'docs/runbooks/slow-answers.md',
  failingAnswers: 'docs/runbooks/failing-answers.md',
  failingRuns: 'docs/runbooks/failing-runs.md',
  missedRuns: 'docs/runbooks/missed-runs.md',
  queueBehind: 'docs/runbooks/queue-behind.md',
  deadLetters: 'docs/runbooks/dead-letters.md',
  tableThrottled: 'docs/runbooks/table-throttled.md',
  cdnFailing: 'docs/runbooks/cdn-failing.md',
  originSecretRotation: 'docs/runbooks/origin-secret-rotation.md',
  backupFailed: 'docs/runbooks/backup-failed.md',
} as const

export type Runbook = (typeof runbooks)[keyof typeof runbooks]
