import { describe, expect, it } from 'vitest'
import { circlesIn } from './import-cycles.ts'
import { brokenImports, importRules } from './import-rules.ts'
import { importsOf } from './imports.ts'
import { sourceOf } from './syntax.ts'

const importsIn = (path: string, text: string) => importsOf(sourceOf(path, text))

/** A file that breaks the rule, one that comes close and does not, and a word of the sentence it is told. */
const planted: readonly (readonly [path: string, text: string, sentence: string])[] = [
  [
    'shared/campaign/register.ts',
    `import { SQSClient } from '@aws-sdk/client-sqs'`,
    'only shared/cloud imports @aws-sdk',
  ],
  [
    'functions/campaign/register.ts',
    `const sdk = await import('@aws-sdk/client-kms')`,
    'only shared/cloud imports @aws-sdk',
  ],
  ['shared/campaign/register.ts', `import middy from '@middy/core'`, 'only shared/edge imports middy'],
  ['lib/app.ts', `export { default as middy } from '@middy/core'`, 'only shared/edge imports middy'],
  ['shared/kernel/result.ts', `import type { Campaign } from '../campaign/records.ts'`, 'the kernel imports nothing'],
  ['shared/kernel/result.ts', `import { jwtVerify } from 'jose'`, 'the kernel imports nothing'],
  ['shared/person/account.ts', `type Campaign = import('../campaign/records.ts').Campaign`, 'capabilities form a line'],
  ['shared/campaign/register.ts', `import { answer } from '../edge/answer.ts'`, 'capabilities form a line'],
  ['shared/parking/bill.ts', `import { accept } from '../kernel/result.ts'`, 'capabilities form a line'],
  ['shared/cloud/clock.ts', `import { serve } from '../edge/serve.ts'`, 'cloud and edge are not of a capability'],
  ['shared/edge/serve.ts', `import { city } from '../city.ts'`, 'cloud and edge are not of a capability'],
  ['shared/client/client.ts', `import { city } from '../city.ts'`, 'at run time the client imports nothing'],
  ['shared/campaign/register.ts', `import { readFileSync } from 'fs'`, 'nothing in shared reads the world'],
  ['shared/campaign/register.ts', `import { type KeyObject, randomUUID } from 'node:crypto'`, 'the port Random'],
  ['shared/draw/verify.ts', `import { createHash } from 'node:crypto'`, 'a pure file'],
  ['functions/campaign/register.ts', `import { z } from 'zod'`, 'functions are bindings'],
  ['functions/campaign/register.ts', `import { handler } from './withdraw.ts'`, 'functions are bindings'],
  ['lib/stacks/data.ts', `import { campaigns } from '../../shared/campaign/records.ts'`, 'bin and lib read'],
  ['lib/stacks/data.ts', `import { app } from '../../bin/tongquan.ts'`, 'lib does not import bin'],
  ['local/start.ts', `import { city } from '../shared/city.ts'`, 'the local stage knows the template'],
  [
    'local/start.ts',
    `import { handler } from '../functions/campaign/register.ts'`,
    'the local stage knows the template',
  ],
  ['site/pages/home.ts', `import { accept } from '../../shared/kernel/result.ts'`, 'site and load'],
  ['load/scenario.ts', `import { seed } from '../test/support/seed.ts'`, 'site and load'],
  ['kit/tier.ts', `import type { Tier } from '../shared/kernel/caller.ts'`, 'the relying-party kit'],
  ['kit/tier.ts', `import { KMSClient } from '@aws-sdk/client-kms'`, 'the relying-party kit'],
  ['shared/campaign/register.ts', `import { maker } from '../../test/campaign/maker.ts'`, 'what runs in production'],
]

const allowed: readonly (readonly [path: string, text: string])[] = [
  ['shared/cloud/work-sqs.ts', `import { SQSClient } from '@aws-sdk/client-sqs'`],
  ['shared/edge/serve.ts', `import middy from '@middy/core'; import { clock } from '../cloud/clock.ts'`],
  ['shared/kernel/caller.ts', `import { z } from 'zod'; import type { Result } from './result.ts'`],
  [
    'shared/campaign/rules.ts',
    `import { personOf } from '../person/person-of.ts'; import { createHash } from 'node:crypto'`,
  ],
  ['shared/client/client.ts', `import type { city } from '../city.ts'; import { routes } from './routes.ts'`],
  ['functions/campaign/register.ts', `import { register } from '../../shared/campaign/contract.ts'`],
  ['lib/stacks/data.ts', `import { city } from '../../shared/city.ts'; import { Stack } from 'aws-cdk-lib'`],
  ['site/pages/home.ts', `import { laneOf } from '../../shared/person/identity-number.ts'`],
  ['test/campaign/register.unit.test.ts', `import { register } from '../../shared/campaign/register.ts'`],
  ['shared/campaign/words.ts', `// import { SQSClient } from '@aws-sdk/client-sqs'\nexport const text = "import 'fs'"`],
]

describe('the import rules', () => {
  it.each(planted)('refuse in %s: %s', (path, text, sentence) => {
    expect(brokenImports(importsIn(path, text)).join('\n')).toContain(sentence)
  })

  it.each(allowed)('let through in %s: %s', (path, text) => {
    expect(brokenImports(importsIn(path, text))).toEqual([])
  })

  it('have each been seen to fire', () => {
    const fired = (rule: (typeof importRules)[number]) =>
      planted.some(([path, text]) => brokenImports(importsIn(path, text), [rule]).length > 0)
    expect(importRules.filter((rule) => !fired(rule)).map((rule) => rule.sentence)).toEqual([])
  })

  it('say where, what and why', () => {
    const [line] = brokenImports(importsIn('functions/due/sweep.ts', `\nimport { z } from 'zod'`))
    expect(line).toBe('functions/due/sweep.ts:2 imports zod: functions are bindings: they import only from shared')
  })
})

describe('the search for circles', () => {
  const imports = (...edges: readonly (readonly [string, string])[]) =>
    edges.flatMap(([from, to]) => importsIn(`shared/${from}`, `import type { One } from './${to}'`))

  it('finds a circle of types, and names its way', () => {
    const circle = imports(['a.ts', 'b.ts'], ['b.ts', 'c.ts'], ['c.ts', 'a.ts'])
    expect(circlesIn(circle)).toEqual(['shared/a.ts -> shared/b.ts -> shared/c.ts -> shared/a.ts'])
  })

  it('finds a file that imports itself', () => {
    expect(circlesIn(imports(['a.ts', 'a.ts']))).toEqual(['shared/a.ts -> shared/a.ts'])
  })

  it('takes two ways to one file for no circle', () => {
    expect(circlesIn(imports(['a.ts', 'b.ts'], ['a.ts', 'c.ts'], ['b.ts', 'd.ts'], ['c.ts', 'd.ts']))).toEqual([])
  })
})
