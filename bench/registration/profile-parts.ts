// Which part of the city each sample of a worker's V8 profile belongs to. A sample counts for the innermost frame that is
// somebody's: code of the stage's doors, or a line of the bundle that its source map leads back to a file of ours or of a
// package. What nobody owns (Node's own modules, zod, built-ins) counts for whoever called it.
import { existsSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

export const parts = [
  'gateway',
  'edge',
  'token check',
  'log line',
  'use case',
  'records and SDK',
  'garbage',
  'other',
] as const
export type Part = (typeof parts)[number]

const Frame = z.object({ functionName: z.string(), url: z.string(), lineNumber: z.int(), columnNumber: z.int() })
export const Profile = z.object({
  nodes: z.array(z.object({ id: z.int(), callFrame: Frame, children: z.array(z.int()).optional() })),
  startTime: z.number(),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.number()),
})
export type Profile = z.infer<typeof Profile>

/** The first that fits decides. */
const owners: readonly (readonly [RegExp, Part])[] = [
  [/node_modules\/jose\//, 'token check'],
  [/@aws-lambda-powertools\//, 'log line'],
  [/@middy\/|shared\/edge\//, 'edge'],
  [/@aws-sdk\/|@smithy\/|@aws-crypto\/|shared\/cloud\//, 'records and SDK'],
  [/shared\/|functions\//, 'use case'],
  [/local\//, 'gateway'],
  [/^node:_http_(client|agent)$/, 'records and SDK'],
  [/^node:_http_server$/, 'gateway'],
]

export const partOf = (source: string): Part | undefined => owners.find(([pattern]) => pattern.test(source))?.[1]

export interface Window {
  readonly fromUs: number
  readonly toUs: number
}

/** Shares of the time in which the main thread had something to do; they add up to 1. */
export const sharesOf = (profile: Profile, window: Window, sourceOf = sourceFinder()): ReadonlyMap<Part, number> => {
  const owned = ownersOf(profile, sourceOf)
  const spent = new Map<Part, number>()
  let total = 0
  let at = profile.startTime
  profile.samples.forEach((id, place) => {
    const tookUs = profile.timeDeltas[place] ?? 0
    at += tookUs
    const owner = owned.get(id)
    if (at < window.fromUs || at > window.toUs || owner === undefined || owner === 'idle') return
    spent.set(owner, (spent.get(owner) ?? 0) + tookUs)
    total += tookUs
  })
  return new Map(parts.map((part) => [part, (spent.get(part) ?? 0) / total]))
}

type Frame = z.infer<typeof Frame>

const ownersOf = (profile: Profile, sourceOf: (frame: Frame) => string): ReadonlyMap<number, Part | 'idle'> => {
  const parents = new Map(
    profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)),
  )
  const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]))
  const owned = new Map<number, Part | 'idle'>()
  const ownerOf = (id: number): Part | 'idle' => {
    const frame = frames.get(id)
    if (frame === undefined) return 'other'
    if (frame.functionName === '(idle)') return 'idle'
    if (frame.functionName === '(garbage collector)') return 'garbage'
    const parent = parents.get(id)
    return partOf(sourceOf(frame)) ?? (parent === undefined ? 'other' : known(parent))
  }
  const known = (id: number): Part | 'idle' => {
    const owner = owned.get(id) ?? ownerOf(id)
    owned.set(id, owner)
    return owner
  }
  for (const { id } of profile.nodes) known(id)
  return owned
}

/** The source of a frame: a bundle's by its map, everything else by its own address. */
export const sourceFinder = () => {
  const maps = new Map<string, SourceMap | undefined>()
  return ({ url, lineNumber, columnNumber }: Frame): string => {
    if (!url.includes('/index.mjs')) return url
    const map = maps.has(url) ? maps.get(url) : readMap(url)
    maps.set(url, map)
    const entry = map?.findEntry(lineNumber, columnNumber)
    return entry && 'originalSource' in entry ? entry.originalSource : url
  }
}

const readMap = (url: string): SourceMap | undefined => {
  const file = `${fileURLToPath(url.split('?')[0] ?? url)}.map`
  return existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}
