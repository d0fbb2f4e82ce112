// All functions of the city live in one worker process, yet each believes to be alone: it has its own environment, output and timers.
// A load hook puts one declaration in front of a bundle's first line (on the same line, so that source maps still fit) which
// shadows the globals by those of the function. What a bundle reaches through `globalThis` is shared; the parity page says so.
import { Console } from 'node:console'
import { registerHooks } from 'node:module'
import process from 'node:process'
import type { Freezer } from './frozen-timers.ts'
import { timersOf } from './frozen-timers.ts'
import type { FunctionLog } from './function-log.ts'

const DOOR = 'tongquan.sandbox'
const MARK = 'tongquan-function'
const SHADOWED = 'process,console,setTimeout,setInterval,setImmediate,clearTimeout,clearInterval,clearImmediate'
const BUILTINS: Readonly<Record<string, string>> = {
  process: 'process',
  'node:process': 'process',
  console: 'console',
  timers: 'timers',
  'node:timers': 'timers',
  'timers/promises': 'promises',
  'node:timers/promises': 'promises',
}

export interface Sandbox {
  readonly environment: Readonly<Record<string, string>>
  readonly log: FunctionLog
  readonly frozen: Freezer
  /** What `process.exit` does: the environment is gone, the worker stays. */
  exit(code: number): void
}

const sandboxes = new Map<string, object>()

export const enterSandbox = (key: string, sandbox: Sandbox): void => {
  sandboxes.set(key, globalsOf(sandbox))
}
export const leaveSandbox = (key: string): void => {
  sandboxes.delete(key)
}

/** The address under which a bundle is imported as this life of this function. */
export const addressOf = (file: URL, key: string): string => `${file.href}?${MARK}=${encodeURIComponent(key)}`

const globalsOf = (sandbox: Sandbox): object => {
  const { pause, turn, ...timers } = timersOf(sandbox.frozen)
  const stream = sandbox.log.stream
  const shadow = Object.create(process, {
    env: { value: { ...sandbox.environment }, writable: true },
    stdout: { value: stream },
    stderr: { value: stream },
    exit: { value: (code?: number) => sandbox.exit(code ?? 0) },
  })
  const console = new Console({ stdout: stream, stderr: stream })
  return { process: shadow, console, ...timers, timers, promises: { setTimeout: pause, setImmediate: turn } }
}

const keyIn = (url: string | undefined): string | undefined => {
  const at = url?.indexOf(`?${MARK}=`) ?? -1
  return url === undefined || at < 0 ? undefined : url.slice(at + MARK.length + 2)
}

const pick = (key: string): string => `globalThis[Symbol.for('${DOOR}')]('${key}')`

const builtinSource = (key: string, name: string): string => {
  const globals = sandboxes.get(decodeURIComponent(key))
  const value: unknown = globals && Reflect.get(globals, name)
  const names = new Set<string>()
  if (typeof value === 'object' && value !== null)
    for (const each in value) if (/^[a-zA-Z_]\w*$/.test(each)) names.add(each)
  names.delete('default')
  const own = name === 'process' ? ['env', 'stdout', 'stderr', 'exit'] : []
  for (const each of own) names.add(each)
  const listed = [...names].map(
    (each, index) => `const $${index}=it[${JSON.stringify(each)}];export{$${index} as ${each}};`,
  )
  return `const it=${pick(key)}.${name};export default it;${listed.join('')}`
}

const textOf = (source: unknown): string =>
  typeof source === 'string'
    ? source
    : new TextDecoder().decode(source instanceof Uint8Array ? source : new Uint8Array())

/** Once for each worker. */
export const installSandboxes = (): void => {
  Reflect.set(globalThis, Symbol.for(DOOR), (key: string) => sandboxes.get(decodeURIComponent(key)))
  registerHooks({
    resolve: (specifier, context, next) => {
      const key = keyIn(context.parentURL)
      if (key === undefined) return next(specifier, context)
      const builtin = BUILTINS[specifier]
      if (builtin) return { url: `tongquan:${builtin}?${MARK}=${key}`, format: 'module', shortCircuit: true }
      const found = next(specifier, context)
      return found.url.startsWith('file:') ? { ...found, url: `${found.url}?${MARK}=${key}` } : found
    },
    load: (url, context, next) => {
      const key = keyIn(url)
      if (key === undefined) return next(url, context)
      if (url.startsWith('tongquan:')) {
        return {
          format: 'module',
          shortCircuit: true,
          source: builtinSource(key, url.slice('tongquan:'.length, url.indexOf('?'))),
        }
      }
      const loaded = next(url, context)
      if (loaded.format !== 'module') return loaded
      return { ...loaded, source: `const {${SHADOWED}}=${pick(key)};${textOf(loaded.source)}` }
    },
  })
}
