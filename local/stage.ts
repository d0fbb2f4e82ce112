// Brings the stage up in the order in which its parts need each other, and takes it down in the other.
import { join } from 'node:path'
import { rmSync } from 'node:fs'
import { type Brief, type Endpoints, writeBrief } from './brief.ts'
import { synthesized } from './assembly/synthesize.ts'
import { startCrew } from './crew.ts'
import { openShelf } from './documents/shelf.ts'
import { startDocuments } from './documents/server.ts'
import { awsJson } from './engine/aws-json.ts'
import { seedDemoWorld } from './demo-world.ts'
import { type Engine, startDynoxide } from './engine/dynoxide.ts'
import { findDynoxide } from './engine/find-dynoxide.ts'
import { type Queues, startQueues } from './engine/queues.ts'
import { makeTables } from './engine/tables.ts'
import type { Options } from './options.ts'
import { claimPort, freePort } from './process/ports.ts'
import { readPlan } from './template/read-plan.ts'
import type { Plan } from './template/plan.ts'
import { openVault } from './vault/kept-vault.ts'
import { startVault } from './vault/server.ts'
import { startWork } from './work.ts'
import { openIssuer } from './outside/issuer.ts'
import { withSecrets } from './vault/references.ts'
import { writeState } from './state.ts'

/** A name only: nothing leaves this machine. The same as fauxqs' own account. */
const ACCOUNT = '000000000000'
const REGION = 'ap-east-2'

export interface Stage {
  readonly origin: string
  readonly plan: Plan
  readonly agencyKeys: Brief['agencyKeys']
  readonly demoCampaign: string | undefined
}

export interface Surroundings {
  readonly root: string
  say(line: string): void
  /** A part that the stage cannot go on without has ended. */
  died(why: string): void
}

type Undo = () => Promise<unknown> | void

export const startStage = async (options: Options, around: Surroundings, undo: Undo[]): Promise<Stage> => {
  const port = await claimPort(options.port)
  const directPort = await freePort()
  const origin = `http://localhost:${port}`
  const [assembly, engine, queues] = await Promise.all([
    options.assembly ?? synthesized(around.root, around.say),
    startEngine(options, around, undo),
    startQueues(REGION),
  ])
  undo.push(queues.stop)
  const plan = readPlan(assembly, {
    region: REGION,
    account: ACCOUNT,
    origin,
    queueEndpoint: queues.endpoint,
    parameters: { PublicOrigin: origin },
  })
  const { endpoints, kept } = await startBackends(options, plan, engine, queues, undo)
  const agencyKeys = (plan.agencyDoor?.keys ?? []).map((key) => ({
    id: key.id,
    name: key.name,
    value: key.value ?? kept.agencyKey(key.id),
    enabled: key.enabled,
    planned: key.plan !== undefined,
  }))
  const issuer = openIssuer(options.dataDir, `${origin}/_local/issuer`)
  const briefFile = join(options.dataDir, 'brief.json')
  const brief: Brief = {
    plan: withSecrets(plan, kept),
    origin,
    port,
    directPort,
    workers: options.workers,
    dataDir: options.dataDir,
    endpoints,
    agencyKeys,
    ...(engine.pid === undefined ? {} : { enginePid: engine.pid }),
  }
  writeBrief(briefFile, brief)
  undo.push(() => rmSync(briefFile, { force: true }))
  around.say(`starting ${options.workers} workers`)
  const work = startWork(plan, queues, around)
  const crew = await startCrew({
    count: options.workers,
    briefFile,
    nodeOptions: nodeOptionsOf(plan),
    hear: work.hear,
    died: around.died,
  })
  undo.push(crew.stop)
  work.begin(crew)
  undo.push(work.stop)
  undo.push(writeState(brief, crew))
  const hasCampaigns = plan.citizenDoor?.routes.some((route) => route.key === 'POST /v1/campaigns')
  const demo = { origin, operatorToken: issuer.operator('demo-world'), now: Date.now() }
  return { origin, plan, agencyKeys, demoCampaign: hasCampaigns ? await seedDemoWorld(demo) : undefined }
}

const startEngine = async (options: Options, around: Surroundings, undo: Undo[]): Promise<Engine> => {
  if (options.dynamodbEndpoint !== undefined) return { endpoint: options.dynamodbEndpoint, pid: undefined, stop: () => Promise.resolve() }
  const binary = await findDynoxide(around.root, process, around.say)
  const engine = await startDynoxide(binary, options.dataDir, around.died)
  undo.push(engine.stop)
  return engine
}

const startBackends = async (options: Options, plan: Plan, engine: Engine, queues: Queues, undo: Undo[]) => {
  const kept = openVault(options.dataDir, {
    keys: plan.keys,
    secrets: plan.secrets,
    agencyKeyIds: (plan.agencyDoor?.keys ?? []).map((key) => key.id),
  })
  const shelf = openShelf(join(options.dataDir, 'documents'), plan.buckets.map((bucket) => bucket.name))
  const [vault, documents] = await Promise.all([
    startVault(plan.keys, plan.secrets, kept),
    startDocuments(shelf),
    makeTables(awsJson(engine.endpoint, 'DynamoDB_20120810', plan.region), plan.tables),
    queues.make(plan.queues),
  ])
  undo.push(vault.stop, documents.stop)
  const endpoints: Endpoints = { dynamodb: engine.endpoint, sqs: queues.endpoint, s3: documents.endpoint, vault: vault.endpoint }
  return { endpoints, kept }
}

/** Source maps are read where the template asks for them. */
const nodeOptionsOf = (plan: Plan): readonly string[] =>
  plan.functions.some((each) => each.environment['NODE_OPTIONS']?.includes('--enable-source-maps')) ? ['--enable-source-maps'] : []
