import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { root } from '../../bench/stage.ts'

const bench = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bench/bench.ts', ...words], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('the command', () => {
  it('explains itself and ends with 0', () => {
    const { status, stdout } = bench('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('npm run bench [-- NAME…] [--json FILE]')
  })

  it('ends with 2 and one sentence when it cannot measure what is asked', () => {
    const { status, stdout, stderr } = bench('draw')
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'The bench knows registration and start, not "draw".\n',
    })
  })
})
