// npm run synth | diff | deploy -- [--stage NAME] [cdk options]: the CDK with this project's stages.
// All stages are synthesized and compared together; only one that is named is deployed, and never the local one.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const commands = ['synth', 'diff', 'deploy'] as const
type Command = (typeof commands)[number]
const isCommand = (word: string | undefined): word is Command => commands.some((command) => command === word)

const help = `npm run synth  -- [--stage local|dev|prod] [cdk options]
npm run diff   -- [--stage dev|prod] [cdk options]
npm run deploy -- --stage dev|prod [cdk options]

Without --stage, synth and diff take every stage. Options of the CDK itself follow, for example --profile NAME.`

export type Asked = { readonly words: readonly string[] } | { readonly sentence: string } | { readonly help: true }

export const cdkWordsOf = (all: readonly string[]): Asked => {
  const [command, ...rest] = all
  const { tokens } = parseArgs({ args: [...rest], strict: false, tokens: true, options: { stage: { type: 'string' } } })
  const chosen = tokens.find((token) => token.kind === 'option' && token.name === 'stage')
  const stage = chosen?.kind === 'option' ? chosen.value : undefined
  const own = chosen?.kind === 'option' ? (chosen.inlineValue ? [chosen.index] : [chosen.index, chosen.index + 1]) : []
  if (rest.includes('--help') || !isCommand(command)) return { help: true }
  if (chosen !== undefined && stage === undefined) return { sentence: '--stage needs a name: dev or prod.' }
  if (command === 'deploy' && stage === undefined) {
    return { sentence: 'Which stage? For example: npm run deploy -- --stage dev' }
  }
  if (command !== 'synth' && stage === 'local')
    return { sentence: 'The local stage is not deployed: npm start runs it.' }
  const context = stage === undefined ? [] : ['--context', `stage=${stage}`]
  const stacks = command === 'synth' ? ['--quiet'] : [`${stage ?? '*'}/*`]
  return { words: [command, ...stacks, ...context, ...rest.filter((_, place) => !own.includes(place))] }
}

const run = (words: readonly string[]): number => {
  const cdk = fileURLToPath(new URL('../node_modules/aws-cdk/bin/cdk', import.meta.url))
  const done = spawnSync(process.execPath, [cdk, ...words], { cwd: new URL('..', import.meta.url), stdio: 'inherit' })
  return done.status ?? 1
}

if (import.meta.main) {
  const asked = cdkWordsOf(process.argv.slice(2))
  if ('help' in asked) console.log(help)
  if ('sentence' in asked) console.error(asked.sentence)
  process.exitCode = 'words' in asked ? run(asked.words) : 'help' in asked ? 0 : 1
}
