// Brings the stage up in the order in which its parts need each other; `undo` takes it down in the other.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { synthesized } from './assembly/synthesize.ts'
import { type Brief, type Endpoints, writeBrief } from './brief.ts'
import { startCrew } from './crew.ts'
import { seedDemoWorld } from './demo-world.ts'
import { startDocuments } from './documents/server.ts'
import { openShelf } from './documents/shelf.ts'
import type { AgencyKey } from './door/agency-door.ts'
import { awsJson } from './engine/aws-json.ts'
import { type Engine, startDynoxide } from './engine/dynoxide.ts'
import { findDynoxide } from './engine/find-dynoxide.ts'
import { type Queues, startQueues } from './engine/queues.ts'
import { makeTables } from './engine/tables.ts'
import type { Options } from './options.ts'
import { type Issuer, openIssuer } from './outside/issuer.ts'
import { claimPort, freePort } from './process/ports.ts'
import { messageOf } from './sentence.ts'
import { stateFile } from './state.ts'
import type { Plan } from './template/plan.ts'
import { readPlan } from './template/read-plan.ts'
import { type KeptVault, openVault } from './vault/kept-vault.ts'
import { withSecrets } from './vault/references.ts'
import { startVault } from './vault/server.ts'
import { throughWire } from './wire/through-wire.ts'
import { startWork } from './work.ts'

/** Names only: nothing leaves this machine. The account is fauxqs' own. */
const ACCOUNT = '000000000000'
const REGION = 'ap-east-2'

export interface Stage {
  readonly origin: string
  readonly agencyKeys: readonly AgencyKey[]
  readonly demoCampaign: string | undefined
}

export interface Surroundings {
  readonly root: string
  say(line: string): void
  /** A part that the stage cannot go on without has ended. */
  died(why: string): void
}

export type Undo = () => Promise<unknown> | void

export const startStage = async (options: Options, around: Surroundings, undo: Undo[]): Promise<Stage> => {
  const port = await claimPort(options.port)
  const origin = `http://localhost:${port}`
  const [assembly, engine, queues] = await Promise.all([
    options.assembly ?? synthesized(around.root, around.say),
    startEngine(options, around, undo),
    startQueues(REGION),
  ])
  undo.push(queues.stop)
  const setting = {
    region: REGION,
    account: ACCOUNT,
    origin,
    queueEndpoint: queues.endpoint,
    parameters: { PublicOrigin: origin },
  }
  const plan = readPlan(assembly, setting)
  const kept = openVault(options.dataDir, plan)
  const endpoints = await startBackends(options, plan, kept, engine, queues, undo)
  const work = startWork(plan, queues, options.chaos, around)
  const wired = await throughWire({
    plan,
    endpoints,
    dataDir: options.dataDir,
    permissions: options.permissions,
    chaos: options.chaos,
  })
  // Last of all, when nothing strikes any more.
  undo.push(async () => around.say(...saidOf(options, { ...(await wired.stop()), ...work.faults() })))
  const agencyKeys = agencyKeysOf(plan, kept)
  const issuer = openIssuer(options.dataDir, `${origin}/_local/issuer`)
  const brief: Brief = {
    plan: withSecrets(wired.plan, kept),
    origin,
    port,
    directPort: await freePort(),
    workers: options.workers,
    dataDir: options.dataDir,
    documents: endpoints.s3,
    endpoints: wired.endpoints,
    agencyKeys,
    ...(engine.pid === undefined ? {} : { enginePid: engine.pid }),
  }
  const briefFile = join(options.dataDir, 'brief.json')
  writeBrief(briefFile, brief)
  undo.push(() => rmSync(briefFile, { force: true }))
  around.say(`starting ${options.workers} workers`)
  const state = stateFile({ ...brief, endpoints })
  const crew = await startCrew({
    count: options.workers,
    briefFile,
    nodeOptions: nodeOptionsOf(plan),
    hear: work.hear,
    died: around.died,
    changed: state.write,
  })
  undo.push(crew.stop, state.remove)
  const demoCampaign = hasCampaigns(plan) ? await demoWorld(options, around, origin, issuer) : undefined
  work.begin(crew)
  undo.push(work.stop)
  return { origin, agencyKeys, demoCampaign }
}

/** Under chaos the city may refuse even its first campaign; that is no reason not to start. */
const demoWorld = async (
  options: Options,
  around: Surroundings,
  origin: string,
  issuer: Issuer,
): Promise<string | undefined> => {
  try {
    return await seedDemoWorld({ origin, operatorToken: issuer.operator('demo-world'), now: Date.now() })
  } catch (thrown) {
    if (!options.chaos) throw thrown
    around.say(messageOf(thrown))
    return undefined
  }
}

const hasCampaigns = (plan: Plan): boolean =>
  plan.citizenDoor?.routes.some((route) => route.key === 'POST /v1/campaigns') === true

const saidOf = (options: Options, faults: Readonly<Record<string, number>>): readonly [string] => {
  if (!options.chaos) return ['stopped']
  const struck = Object.entries(faults).map(([kind, times]) => `${kind} ${times}`)
  return [`stopped; chaos of seed ${options.chaos.seed}: ${struck.join(', ') || 'nothing struck'}`]
}

const startEngine = async (options: Options, around: Surroundings, undo: Undo[]): Promise<Engine> => {
  if (options.dynamodbEndpoint !== undefined)
    return { endpoint: options.dynamodbEndpoint, pid: undefined, stop: () => Promise.resolve() }
  const binary = await findDynoxide(around.root, process, around.say)
  const engine = await startDynoxide(binary, options.dataDir, around.died)
  undo.push(engine.stop)
  return engine
}

const startBackends = async (
  options: Options,
  plan: Plan,
  kept: KeptVault,
  engine: Engine,
  queues: Queues,
  undo: Undo[],
): Promise<Endpoints> => {
  const buckets = plan.buckets.map((bucket) => bucket.name)
  const [vault, documents] = await Promise.all([
    startVault(plan.keys, plan.secrets, kept),
    startDocuments(openShelf(join(options.dataDir, 'documents'), buckets)),
    makeTables(awsJson(engine.endpoint, 'DynamoDB_20120810', plan.region), plan.tables),
    queues.make(plan.queues),
  ])
  undo.push(vault.stop, documents.stop)
  return { dynamodb: engine.endpoint, sqs: queues.endpoint, s3: documents.endpoint, vault: vault.endpoint }
}

const agencyKeysOf = (plan: Plan, kept: KeptVault): readonly AgencyKey[] =>
  (plan.agencyDoor?.keys ?? []).map((key) => ({
    id: key.id,
    name: key.name,
    value: key.value ?? kept.agencyKey(key.id),
    enabled: key.enabled,
    planned: key.plan !== undefined,
  }))

/** Source maps are read where the template asks for them. */
const nodeOptionsOf = (plan: Plan): readonly string[] =>
  plan.functions.some((each) => each.environment['NODE_OPTIONS']?.includes('--enable-source-maps'))
    ? ['--enable-source-maps']
    : []
