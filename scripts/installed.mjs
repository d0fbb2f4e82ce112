// node scripts/installed.mjs <file> [arguments]: runs a file of the project on Node 24, the Lambda runtime, whatever
// Node the machine has, after installing what package-lock.json asks for and node_modules lacks.
// Plain JavaScript and Node's own modules only: this is what runs before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { fits, reasonOf, stampOf } from './fits.mjs'

const OLDEST_NODE = 20
const RUNTIME_NODE = 24
const STAMP = 'node_modules/.tongquan-installed'
const MAX_OUTPUT_KEPT = 20_000
/** `npm start --silent` hands its silence on, and with it the reason of a failure. */
const QUIET = ['--no-audit', '--no-fund', '--no-progress', '--loglevel=error']
/** npm's own patience with an unreachable registry is minutes. */
const IMPATIENT = ['--fetch-retries=2', '--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=8000']

const root = fileURLToPath(new URL('..', import.meta.url))
const binaries = join(root, 'node_modules/.bin')
const onWindows = process.platform === 'win32'
const majorOf = (version) => Number.parseInt(version.replace(/^v/, ''), 10)

const stop = (sentence) => {
  console.error(sentence)
  process.exit(1)
}

const textOf = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '')

const isInstalled = (stamp) => {
  if (textOf(STAMP) === stamp) return true
  if (!fits(textOf('package-lock.json'), textOf('node_modules/.package-lock.json'), process)) return false
  writeStamp(stamp)
  return true
}

/** The stamp only saves time, so a folder that cannot be written is no reason to stop here. */
const writeStamp = (stamp) => {
  try {
    writeFileSync(join(root, STAMP), stamp)
  } catch {}
}

const mustBeWritable = () => {
  try {
    rmdirSync(mkdtempSync(join(root, '.writable-')))
  } catch (error) {
    stop(`Cannot install the packages: this folder cannot be written to (${root}, ${error.code}).`)
  }
}

/** Without our own node_modules/.bin: npm must not run on the very Node that it is about to replace. */
const pathForNpm = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => resolve(folder) !== binaries)
    .join(delimiter)

const progress = () => {
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1_000)
  const isTerminal = process.stderr.isTTY === true
  const WIDTH = 60
  process.stderr.write(`Installing packages (once, usually a minute or less) …${isTerminal ? '' : '\n'}`)
  const ticking = isTerminal
    ? setInterval(() => process.stderr.write(`\r${`Installing packages … ${seconds()} s`.padEnd(WIDTH)}`), 1_000)
    : setInterval(() => process.stderr.write(`Installing packages … ${seconds()} s\n`), 15_000)
  return (outcome) => {
    clearInterval(ticking)
    const line = `${outcome} after ${seconds()} s.`
    process.stderr.write(isTerminal ? `\r${line.padEnd(WIDTH)}\n` : `${line}\n`)
  }
}

// `npm install --no-save` and not `npm ci`: it keeps to the lock file as well, leaves alone what already fits, and works
// where a registry mirror lacks some platform's optional package, which `npm ci` takes for a wrong lock file.
// Development packages are what runs the project, whatever NODE_ENV says.
const INSTALL = ['install', '--no-save', '--include=dev', '--include=optional', ...QUIET, ...IMPATIENT]
/** Packages that came while npm was told to run no install scripts lack Node itself. */
const REPAIR = ['rebuild', 'node', ...QUIET]

const npm = (words) =>
  new Promise((done) => {
    const env = { ...process.env, PATH: pathForNpm() }
    const child = spawn('npm', words, { cwd: root, env, shell: onWindows, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-MAX_OUTPUT_KEPT)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => done({ ok: false, output: `npm error code ${error.code} npm` }))
    child.on('close', (code) => done({ ok: code === 0, output }))
  })

const install = async (stamp) => {
  mustBeWritable()
  const finished = progress()
  const { ok, output } = await npm(INSTALL)
  finished(ok ? 'Packages installed' : 'Installing stopped')
  if (!ok) stop(`Cannot install the packages: ${reasonOf(output)}`)
  writeStamp(stamp)
}

const broughtNode = join(root, 'node_modules/node/bin', onWindows ? 'node.exe' : 'node')
const isNewEnough = majorOf(process.version) >= RUNTIME_NODE

const runtime = () => {
  if (existsSync(broughtNode)) return broughtNode
  if (isNewEnough) return process.execPath
  return stop(
    `Node ${RUNTIME_NODE} did not come with the packages: let npm run the install script of "node" ` +
      `(see "npm config get ignore-scripts"), or run this with Node ${RUNTIME_NODE} yourself.`,
  )
}

/** A terminal sends Ctrl-C to the child as well, so only what was sent to us alone is passed on. */
const follow = (child) => {
  const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  process.on('SIGINT', () => hasTerminal || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  if (!onWindows) process.on('SIGHUP', () => child.kill('SIGHUP'))
  child.on('error', (error) => stop(`Cannot start Node ${RUNTIME_NODE}: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

const run = (file, rest) => {
  const node = runtime()
  const env = { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}` }
  const words = [resolve(root, file), ...rest]
  // Where Node can become the other program it does: one process, which gets every signal itself.
  if (process.execve && !onWindows) process.execve(node, [node, ...words], env)
  else follow(spawn(node, words, { env, stdio: 'inherit' }))
}

if (majorOf(process.version) < OLDEST_NODE) {
  stop(`Tongquan needs Node ${OLDEST_NODE} or newer; this is ${process.version}.`)
}
const [file, ...rest] = process.argv.slice(2)
if (file === undefined) stop('Usage: node scripts/installed.mjs <file> [arguments]')
const stamp = stampOf(textOf('package-lock.json'), process)
if (!isInstalled(stamp)) await install(stamp)
if (!existsSync(broughtNode) && !isNewEnough) await npm(REPAIR)
run(file, rest)
