// What the primary tells its workers: a file in DATA_DIR, readable by its owner alone, since it holds secrets of the stage.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { AgencyKey } from './door/agency-door.ts'
import type { Plan } from './template/plan.ts'

export interface Endpoints {
  readonly dynamodb: string
  readonly sqs: string
  readonly s3: string
  readonly vault: string
}

export interface Brief {
  readonly plan: Plan
  readonly origin: string
  readonly port: number
  readonly directPort: number
  readonly workers: number
  readonly dataDir: string
  /** Where the CDN reads documents: never through the wire, which knows functions only. */
  readonly documents: string
  /** As the functions see them: with --permissions or --chaos the wire stands in between. */
  readonly endpoints: Endpoints
  readonly agencyKeys: readonly AgencyKey[]
  /** Ended by the last worker when the primary was killed. */
  readonly enginePid?: number
}

export const BRIEF_VARIABLE = 'TONGQUAN_STAGE_BRIEF'

export const writeBrief = (file: string, brief: Brief): void => {
  writeFileSync(`${file}.new`, JSON.stringify(brief), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export const readBrief = (file: string): Brief => {
  const brief: Brief = JSON.parse(readFileSync(file, 'utf8'))
  return brief
}
