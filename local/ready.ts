// What the stage says when it is ready: one line to wait for, and what a first visitor needs.
import { join } from 'node:path'
import type { Options } from './options.ts'
import type { Stage } from './stage.ts'

export const readyLines = (stage: Stage, options: Options, tookMs: number): readonly string[] => [
  `  logs in ${join(options.dataDir, 'logs')}, addresses in ${join(options.dataDir, 'stage.json')}`,
  [
    `Ready in ${(tookMs / 1_000).toFixed(1)} s: ${stage.origin}`,
    `API ${stage.origin}/docs`,
    ...(stage.demoCampaign === undefined ? [] : [`demo campaign ${stage.demoCampaign}`]),
    ...stage.agencyKeys.slice(0, 1).map((key) => `agency key ${key.value}`),
    `citizen token ${stage.origin}/_local/tokens/citizen?number=A123456789`,
    `operator token ${stage.origin}/_local/tokens/operator`,
  ].join(' · '),
]
