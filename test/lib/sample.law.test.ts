// What lib/ makes of a declaration, shown with a small city: the grants, the environment and the limits are the declared ones.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { synthesize } from '../../lib/app.ts'
import type { Settings } from '../../lib/settings/shape.ts'
import { settingsOf } from '../../lib/settings.ts'
import type { City } from '../../shared/city.ts'
import { grantsIn } from './grant-laws.ts'
import { sampleCity } from './sample-city.ts'
import { writeFunctionsOf } from './sample-root.ts'
import { at, listAt, ofType, type StackTemplate, stacksIn, textOf } from './templates.ts'

const folder = mkdtempSync(join(tmpdir(), 'tongquan-sample-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const made = (city: City, settings: Settings): readonly StackTemplate[] => {
  const root = mkdtempSync(join(folder, 'city-'))
  writeFunctionsOf(city, root)
  synthesize({ city, root, stages: [settings], outdir: join(root, 'out'), isChecked: false })
  return stacksIn(join(root, 'out'))
}

/** An operator may change the settings; these tests say for themselves what they need. */
const prod: Settings = {
  ...settingsOf.prod,
  writeOnceDays: 2_557,
  writeOnceMode: 'compliance',
  offSite: { account: '444455556666', region: 'ap-northeast-1', keepDays: 35, copiesFrom: '111122223333' },
  reservedConcurrency: {},
  warmTables: true,
}
const stacks = made(sampleCity, prod)
const local = made(sampleCity, settingsOf.local)

const lambda = (all: readonly StackTemplate[], name: string) =>
  ofType(all, 'AWS::Lambda::Function').find(({ properties }) => textOf(properties.FunctionName).endsWith(name))
const environment = (all: readonly StackTemplate[], name: string) =>
  Object.keys(at(lambda(all, name)?.properties, 'Environment', 'Variables') ?? {}).sort()

const grantsOf = (construct: string): Readonly<Record<string, readonly string[]>> => {
  const own = grantsIn(stacks).filter(({ where }) => where.includes(` ${construct}`))
  const pairs = own.flatMap(({ actions, resources }) => actions.map((action) => [action, resources] as const))
  return Object.fromEntries(
    pairs
      .filter(([action]) => !action.startsWith('kms:') && !action.startsWith('logs:'))
      .map(([action, resources]) => [action, resources.map((resource) => resource.replace(/^.*[:/]/, ''))]),
  )
}

describe('a function', () => {
  it('may do to each table what its declaration says, and nothing else', () => {
    expect(grantsOf('RegisterRole')).toEqual({
      'dynamodb:BatchGetItem': ['tongquan-prod-campaigns'],
      'dynamodb:GetItem': ['tongquan-prod-campaigns'],
      'dynamodb:PutItem': ['tongquan-prod-registrations-odd'],
      'sqs:SendMessage': ['tongquan-prod-figures'],
      'secretsmanager:GetSecretValue': [expect.stringContaining('OriginSecret')],
    })
    expect(Object.keys(grantsOf('SweepFunctionRole')).sort()).toEqual([
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:Query',
      'sqs:SendMessage',
    ])
  })
  it('may unseal only what was sealed for the declared purpose', () => {
    const [unseal] = grantsIn(stacks).filter(
      ({ where, conditions }) => where.includes('RegisterRole') && conditions.includes('EncryptionContext'),
    )
    expect(unseal?.actions).toEqual(['kms:Decrypt'])
    expect(unseal?.conditions).toContain('"kms:EncryptionContext:purpose":["campaign-key"]')
  })
  it('uses the key at rest only through the service that keeps the data', () => {
    const direct = grantsIn(stacks).filter(
      ({ resources, conditions }) =>
        resources.some((resource) => resource.includes('DataKey')) && !conditions.includes('kms:ViaService'),
    )
    expect(direct).toEqual([])
  })
  it('is told the names of what it may touch, and of nothing else', () => {
    expect(environment(stacks, 'campaign-register')).toEqual([
      'ISSUER',
      'KEY_SET_URL',
      'ORIGIN_SECRET_ARN',
      'PUBLIC_ORIGIN',
      'QUEUE_FIGURES',
      'SEAL_KEY_ARN',
      'STAGE',
      'TABLE_CAMPAIGNS',
      'TABLE_REGISTRATIONS_ODD',
    ])
    expect(environment(stacks, 'campaign-agency-figures')).not.toContain('ORIGIN_SECRET_ARN')
    expect(environment(stacks, 'campaign-count-figures')).toContain('HASHING_SECRET_CITIZEN_ARN')
    expect(environment(stacks, 'campaign-publish')).toContain('SIGNING_KEY_OPEN_BOOKS_ARN')
  })
  it('loses a grant when its declaration loses it', () => {
    const [register, ...others] = sampleCity.endpoints
    if (!register) throw new Error('the sample city has no endpoint')
    const { sends: _, ...declared } = register.declared
    const poorer = made({ ...sampleCity, endpoints: [{ ...register, declared }, ...others] }, settingsOf.local)
    const sends = (all: readonly StackTemplate[]) =>
      grantsIn(all).filter(
        ({ where, actions }) => where.includes('RegisterRole') && actions.includes('sqs:SendMessage'),
      )
    expect([sends(local).length, sends(poorer).length]).toEqual([1, 0])
  })
  it('is reserved, and a table warmed, only where the settings say so', () => {
    expect(lambda(stacks, 'campaign-register')?.properties.ReservedConcurrentExecutions).toBeUndefined()
    const reserved = made(sampleCity, {
      ...prod,
      reservedConcurrency: { 'campaign/register': 300 },
      warmTables: false,
    })
    expect(lambda(reserved, 'campaign-register')?.properties.ReservedConcurrentExecutions).toBe(300)
    const warm = (all: readonly StackTemplate[]) =>
      ofType(all, 'AWS::DynamoDB::GlobalTable').map(({ properties }) =>
        at(properties, 'WarmThroughput', 'WriteUnitsPerSecond'),
      )
    expect([warm(stacks), warm(reserved)]).toEqual([
      [undefined, 8_000],
      [undefined, undefined],
    ])
  })
})

describe('the code of a function', () => {
  const code = (all: readonly StackTemplate[]) =>
    ofType(all, 'AWS::Lambda::Function').map(({ properties }) => textOf(at(properties, 'Code', 'S3Key')))
  it('has the same hash wherever and whenever it is bundled', () => {
    expect(code(made(sampleCity, settingsOf.local))).toEqual(code(local))
  })
  it('must be there for every declaration', () => {
    const root = mkdtempSync(join(folder, 'city-'))
    const plan = { city: sampleCity, root, stages: [settingsOf.local], outdir: join(root, 'out'), isChecked: false }
    expect(() => synthesize(plan)).toThrow('there is no such function file')
    expect(readdirSync(join(root, '.tongquan', 'bundles'))).toEqual([])
  })
  it('is refused when it would fail for want of require()', () => {
    const root = mkdtempSync(join(folder, 'city-'))
    writeFunctionsOf(sampleCity, root)
    writeFileSync(join(root, 'functions/edge/docs.ts'), 'export const handler = (name) => require(name)')
    const plan = { city: sampleCity, root, stages: [settingsOf.local], outdir: join(root, 'out'), isChecked: false }
    expect(() => synthesize(plan)).toThrow('edge-docs: a dependency calls require()')
  })
})

describe('a queue', () => {
  it('hides a message for six times as long as its consumer may take', () => {
    const [queue] = ofType(stacks, 'AWS::SQS::Queue').filter(({ properties }) => properties.RedrivePolicy !== undefined)
    expect(queue?.properties.VisibilityTimeout).toBe(
      6 * Number(lambda(stacks, 'campaign-count-figures')?.properties.Timeout),
    )
    expect(at(queue?.properties, 'RedrivePolicy', 'maxReceiveCount')).toBe(5)
  })
  it('needs exactly one consumer', () => {
    expect(() => made({ ...sampleCity, consumers: [] }, settingsOf.local)).toThrow(
      'the queue figures needs exactly one consumer',
    )
  })
})

describe('the local stage', () => {
  it('is told its address when it starts', () => {
    const variables = at(lambda(local, 'campaign-register')?.properties, 'Environment', 'Variables')
    expect(textOf(at(variables, 'KEY_SET_URL'))).toBe('<PublicOrigin>/_local/issuer/jwks')
  })
  it('leaves out what one machine cannot use', () => {
    const types = new Set(local.flatMap(({ resources }) => resources).map(({ type }) => type.split('::')[1]))
    for (const service of ['WAFv2', 'Backup', 'CloudWatch', 'CertificateManager', 'Route53'])
      expect(types).not.toContain(service)
  })
  it('is refused by CloudFormation', () => {
    for (const { text } of local) expect(text).toContain('NeverDeployed')
    for (const { text } of stacks) expect(text).not.toContain('NeverDeployed')
  })
})

describe('a stage in a cloud', () => {
  it('keeps documents write-once for as long as the settings say', () => {
    const [bucket] = ofType(stacks, 'AWS::S3::Bucket').filter(({ properties }) => properties.ObjectLockEnabled === true)
    expect(at(bucket?.properties, 'ObjectLockConfiguration', 'Rule', 'DefaultRetention')).toEqual({
      Mode: 'COMPLIANCE',
      Days: 2_557,
    })
  })
  it('copies its tables and documents to a locked vault in another account and Region', () => {
    const vault = stacks.find(({ name }) => name === 'prod/off-site')
    expect(vault?.environment).toBe('aws://444455556666/ap-northeast-1')
    const [locked] = ofType(vault ? [vault] : [], 'AWS::Backup::BackupVault')
    expect(at(locked?.properties, 'LockConfiguration', 'MinRetentionDays')).toBe(35)
    const [selection] = ofType(stacks, 'AWS::Backup::BackupSelection')
    expect(listAt(selection?.properties, 'BackupSelection', 'Resources')).toHaveLength(3)
  })
  it('tells functions that both keys of an agency stand for it while one replaces the other', () => {
    const agencies = [
      { id: 'parking', name: 'Parking', plan: 'standard', keyNames: ['parking', 'parking-2'] },
      { id: 'trees', name: 'Trees', plan: 'standard' },
    ]
    const changing = made(sampleCity, { ...settingsOf.dev, agencies })
    const told = at(lambda(changing, 'agency-figures')?.properties, 'Environment', 'Variables', 'AGENCY_KEYS')
    expect(textOf(told)).toBe('<ParkingKey>=parking,<Parking2Key>=parking,<TreesKey>=trees')
    expect(ofType(changing, 'AWS::ApiGateway::UsagePlanKey')).toHaveLength(3)
    expect(environment(changing, 'campaign-register')).not.toContain('AGENCY_KEYS')
  })
  it.each([
    ['an id that holds a separator', [{ id: 'a=b', name: 'A', plan: 'standard' }], 'an equals sign'],
    [
      'more keys than an environment holds',
      [{ id: 'a', name: 'A', plan: 'standard', keyNames: Array.from({ length: 61 }, (_, index) => `a-${index}`) }],
      'room for 60',
    ],
  ])('refuses agencies with %s', (_, agencies, why) => {
    expect(() => made(sampleCity, { ...settingsOf.dev, agencies })).toThrow(why)
  })
  it('says so when an agency is given a plan that there is not', () => {
    const settings = { ...settingsOf.dev, agencies: [{ id: 'a', name: 'A', plan: 'gold' }] }
    expect(() => made(sampleCity, settings)).toThrow('names the usage plan gold')
  })
})
