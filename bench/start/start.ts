// `npm start` with everything installed, until its ready line: in a copy of the tree that was never started, then again.
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Findings } from '../rows.ts'
import type { Say } from '../say.ts'
import { root, startStage } from '../stage.ts'

const MAX_FIRST_SECONDS = 60
const MAX_SECOND_SECONDS = 10
const TREE = [
  'bin',
  'lib',
  'functions',
  'shared',
  'local',
  'scripts',
  'package.json',
  'package-lock.json',
  'cdk.json',
  'tsconfig.json',
]

export const measureStart = async (workers: number, say: Say): Promise<Findings> => {
  const copy = mkdtempSync(join(tmpdir(), 'tongquan-bench-tree-'))
  try {
    for (const name of TREE)
      if (existsSync(join(root, name))) cpSync(join(root, name), join(copy, name), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
    say.line('npm start in a copy of the tree that was never started')
    const first = await secondsUntilReady(copy, workers)
    say.line('npm start once more')
    const second = await secondsUntilReady(copy, workers)
    return {
      rows: [
        {
          what: 'npm start, installed, the first time',
          value: first,
          unit: 's',
          budget: { atMost: MAX_FIRST_SECONDS },
        },
        { what: 'npm start, installed, then', value: second, unit: 's', budget: { atMost: MAX_SECOND_SECONDS } },
      ],
      leftOut: [],
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

const secondsUntilReady = async (tree: string, workers: number): Promise<number> => {
  const stage = await startStage({ workers, root: tree, dataDir: join(tree, '.tongquan') })
  await stage.stop()
  return stage.readyAfterMs / 1_000
}
