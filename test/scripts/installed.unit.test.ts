import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const scripts = join(import.meta.dirname, '../../scripts')
const lock = { lockfileVersion: 3, packages: { '': {}, 'node_modules/one': { version: '1.0.0' } } }

let folder: string
const put = (path: string, text: string) => {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}
/** An npm that says and does what a case needs, and leaves a trace that it was called. */
const putNpm = (script: string) => {
  put('machine/npm', `#!/bin/sh\necho "$@" >> "${folder}/npm-calls"\n${script}\n`)
  chmodSync(join(folder, 'machine/npm'), 0o755)
}
const npmCalls = () => {
  try {
    return readFileSync(join(folder, 'npm-calls'), 'utf8')
  } catch {
    return ''
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongquan-installed-'))
  for (const file of ['installed.mjs', 'fits.mjs']) cpSync(join(scripts, file), join(folder, 'scripts', file))
  put('package-lock.json', JSON.stringify(lock))
  put('show.mjs', 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7')
  putNpm('exit 0')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const start = (words: readonly string[], flags: readonly string[] = [], options: SpawnOptionsWithoutStdio = {}) => {
  const env = { PATH: `${folder}/machine:/usr/bin:/bin` }
  return spawn(process.execPath, [...flags, 'scripts/installed.mjs', ...words], { cwd: folder, env, ...options })
}
const ended = (child: ReturnType<typeof start>) =>
  new Promise<{ code: number | null; signal: string | null; out: string; err: string }>((done) => {
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => (out += chunk))
    child.stderr.on('data', (chunk) => (err += chunk))
    child.on('close', (code, signal) => done({ code, signal, out, err }))
  })
/** Pretends what this machine is not: an old Node, or one that cannot become another program. */
const pretend = (script: string) => ['--import', `data:text/javascript,${encodeURIComponent(script)}`]
const withoutExecve = pretend('delete process.execve')

const installedAlready = () => put('node_modules/.package-lock.json', JSON.stringify(lock))

describe('a file run on what is installed', () => {
  it.each([
    ['with execve', []],
    ['as a child', withoutExecve],
  ])('gets its arguments and gives its exit code, %s', async (_, flags) => {
    installedAlready()
    expect(await ended(start(['show.mjs', 'a b', '--c'], flags))).toMatchObject({
      code: 7,
      out: '["a b","--c"]\n',
      err: '',
    })
    expect(npmCalls()).toBe('')
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('gets %s once, and ends in its own way', async (signal) => {
    installedAlready()
    put(
      'wait.mjs',
      `let n = 0; process.on('${signal}', () => { n += 1; setTimeout(() => { console.log(n); process.exit(3) }, 50) })
      console.log('ready'); setInterval(() => undefined, 1000)`,
    )
    const child = start(['wait.mjs'], withoutExecve)
    child.stdout.once('data', () => child.kill(signal))
    expect(await ended(child)).toMatchObject({ code: 3, out: 'ready\n1\n' })
  })
})

describe('what is missing', () => {
  it('is installed once, with a word about it', async () => {
    putNpm('mkdir -p node_modules')
    const first = await ended(start(['show.mjs']))
    expect(first).toMatchObject({
      code: 7,
      err: expect.stringMatching(/^Installing packages .*\nPackages installed after \d+ s\.\n$/),
    })
    expect(await ended(start(['show.mjs']))).toMatchObject({ code: 7, err: '' })
    expect(npmCalls().trim().split('\n')).toHaveLength(1)
  })

  it('is installed when a version differs or the lock file changed', async () => {
    putNpm('exit 0')
    put('node_modules/.package-lock.json', JSON.stringify(lock).replace('1.0.0', '0.9.0'))
    await ended(start(['show.mjs']))
    expect(npmCalls()).toContain('install --no-save')
  })

  it('is installed when a package is not there at all, or an optional one for this very platform', async () => {
    put('node_modules/.package-lock.json', JSON.stringify({ packages: {} }))
    await ended(start(['show.mjs']))
    expect(npmCalls()).toContain('install --no-save')

    rmSync(join(folder, 'npm-calls'))
    const mine = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] }
    put('package-lock.json', JSON.stringify({ packages: { ...lock.packages, 'node_modules/mine': mine } }))
    installedAlready()
    await ended(start(['show.mjs']))
    expect(npmCalls()).toContain('install --no-save')
  })

  it('does not include what is for other platforms', async () => {
    const other = { version: '1.0.0', optional: true, os: ['aix'] }
    installedAlready()
    put('package-lock.json', JSON.stringify({ packages: { ...lock.packages, 'node_modules/other': other } }))
    await ended(start(['show.mjs']))
    expect(npmCalls()).toBe('')
  })
})

describe('one sentence and exit code 1', () => {
  it.each([
    ['npm error code ENOTFOUND', 'the npm registry cannot be reached'],
    ['npm error code E403', 'the npm registry refused'],
    ['npm error code EACCES', 'cannot be written to'],
    ['npm error code ENOSPC', 'the disk is full'],
    ['npm error something new', 'npm says "npm error something new"'],
  ])('when npm ends with "%s"', async (complaint, sentence) => {
    putNpm(`echo '${complaint}' >&2; exit 1`)
    const { code, err } = await ended(start(['show.mjs']))
    expect(code).toBe(1)
    expect(err.trim().split('\n').at(-1)).toMatch(new RegExp(`^Cannot install the packages: .*${sentence}.*\\.$`))
  })

  it('when there is no npm', async () => {
    rmSync(join(folder, 'machine/npm'))
    const { code, err } = await ended(start(['show.mjs'], [], { env: { PATH: join(folder, 'machine') } }))
    expect(code).toBe(1)
    expect(err).toContain('npm is not on the PATH')
  })

  it('when Node is too old', async () => {
    const old = pretend(`Object.defineProperty(process, 'version', { value: 'v18.20.0' })`)
    expect(await ended(start(['show.mjs'], old))).toMatchObject({
      code: 1,
      err: 'Tongquan needs Node 20 or newer; this is v18.20.0.\n',
    })
  })

  it('when Node 24 did not come with the packages', async () => {
    installedAlready()
    const twenty = pretend(`Object.defineProperty(process, 'version', { value: 'v20.0.0' })`)
    const { code, err } = await ended(start(['show.mjs'], twenty))
    expect(code).toBe(1)
    expect(err).toContain('Node 24 did not come with the packages')
  })
})
