// What a machine lacks is said by name in the last summary, never passed over in silence. With CI set it is a failure,
// unless it is allowed with its reason. Without the suite around it (a single vitest run) there is nobody to tell.
import { appendFileSync } from 'node:fs'

export interface LeftOut {
  readonly what: string
  readonly why: string
  /** Also fine in CI: `why` must then say so. */
  readonly allowed?: boolean
}

export const leaveOut = (entry: LeftOut): void => {
  const file = process.env.TONGQUAN_LEFT_OUT
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(entry)}\n`)
}
