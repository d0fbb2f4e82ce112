import { describe, expect, it } from 'vitest'
import { type Profile, partOf, sharesOf } from '../../bench/registration/profile-parts.ts'

const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
  id,
  callFrame: { functionName, url, lineNumber: 0, columnNumber: 0 },
  children,
})

/** root → door → edge → jose → node's crypto; and beside them idle and garbage. Each sample takes 10 µs. */
const profile = (samples: number[]): Profile => ({
  nodes: [
    node(1, '(root)', '', [2, 6, 7]),
    node(2, 'front', 'file:///x/local/door/front.ts', [3]),
    node(3, 'serve', 'file:///x/shared/edge/serve.ts', [4]),
    node(4, 'verify', 'file:///x/node_modules/jose/dist/verify.js', [5]),
    node(5, 'job', 'node:internal/crypto/util'),
    node(6, '(idle)', ''),
    node(7, '(garbage collector)', ''),
  ],
  startTime: 1_000,
  samples,
  timeDeltas: samples.map(() => 10),
})
const always = { fromUs: 0, toUs: 10_000 }

describe('the parts of a profile', () => {
  it('count what nobody owns for whoever called it', () => {
    const shares = sharesOf(profile([5, 4, 3, 2]), always)
    expect([shares.get('token check'), shares.get('edge'), shares.get('gateway')]).toEqual([0.5, 0.25, 0.25])
  })

  it('leave idleness out, and add up to one', () => {
    const shares = sharesOf(profile([6, 6, 7, 3, 1]), always)
    expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
    expect(shares.get('garbage')).toBeCloseTo(1 / 3)
  })

  it('count only the time of the storm', () => {
    const shares = sharesOf(profile([2, 2, 2, 3, 3]), { fromUs: 1_035, toUs: 1_060 })
    expect(shares.get('edge')).toBe(1)
  })

  it.each([
    ['../../node_modules/@smithy/core/dist-es/x.js', 'records and SDK'],
    ['../../shared/cloud/insist.ts', 'records and SDK'],
    ['../../shared/edge/serve.ts', 'edge'],
    ['../../shared/campaign/register.ts', 'use case'],
    ['file:///city/local/door/front.ts', 'gateway'],
    ['../../node_modules/@aws-lambda-powertools/logger/lib/esm/Logger.js', 'log line'],
    ['../../node_modules/zod/v4/core/schemas.js', undefined],
  ])('know whose %s is', (source, part) => {
    expect(partOf(source)).toBe(part)
  })
})
