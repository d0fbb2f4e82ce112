// What no file of the project may hold, whatever its language, and how files are named and sized.
interface TextRule {
  readonly sentence: string
  readonly binds: (path: string) => boolean
  readonly pattern: RegExp
}

const MAX_LINES = 300

const always = () => true
const isWritten = (path: string): boolean => /\.(ts|mjs|js|sh|md|css|html)$/.test(path)

const textRules: readonly TextRule[] = [
  { sentence: 'no AWS access key', binds: always, pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { sentence: 'no private key', binds: always, pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { sentence: 'no access token', binds: always, pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|npm_[A-Za-z0-9]{36})\b/ },
  { sentence: 'no registry credentials', binds: always, pattern: /_auth(?:Token)?\s*=\s*\S/ },
  {
    sentence: 'no registry host: which registry is the business of the machine',
    binds: always,
    pattern: /\bregistry\.(?:npmjs|yarnpkg|npmmirror)\.\w|\bartifactory\b|\bverdaccio\b|npm\.pkg\.github/i,
  },
  {
    sentence: "no path of somebody's machine",
    binds: always,
    pattern: /(?<![\w.])\/(?:home|Users|root|work)\/[\w.-]|\b[A-Z]:\\Users\\/,
  },
  {
    sentence: 'no address of a download in the lock file',
    binds: (path) => path.endsWith('package-lock.json'),
    pattern: /"resolved":/,
  },
  {
    sentence: 'no note to do later: an issue, or do it now',
    binds: isWritten,
    pattern: /\b(?:TO-?DO|FIX-?ME|X{3})\b(?!["'`/|)])/,
  },
]

/** One line per broken rule, with the first place where it is broken. */
export const brokenText = (path: string, text: string): readonly string[] =>
  textRules.flatMap((rule) => {
    const found = rule.binds(path) ? rule.pattern.exec(text) : null
    return found === null ? [] : [`${path}:${text.slice(0, found.index).split('\n').length}: ${rule.sentence}`]
  })

const isLong = (path: string, text: string): boolean =>
  /\.(ts|mjs|js|tsx|css)$/.test(path) && text.split('\n').length > MAX_LINES + 1

export const tooLong = (path: string, text: string): readonly string[] =>
  isLong(path, text) ? [`${path} has more than ${MAX_LINES} lines: give its second idea a file of its own`] : []

/** What GitHub, npm and the readers of a repository look for under these very names. */
const givenNames = /^(README(\.zh-TW)?|CHANGELOG|CONTRIBUTING|SECURITY)\.md$|^(LICENSE|NOTICE|Dockerfile)$|^\./
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
const meaningless = /^(utils?|helpers?|common|misc|stuff)$/
const BARREL = /^index\.m?[jt]s$/

export const badName = (path: string): readonly string[] => {
  const words = path.split('/')
  const [name, folders] = [words.at(-1) ?? '', words.slice(0, -1)]
  const bare = name.replace(/\..*$/, '')
  const problems = [
    givenNames.test(name) || /^(zh-TW|_\w+)/.test(name) || KEBAB.test(name) ? [] : ['not in kebab-case'],
    BARREL.test(name) && !folders.includes('fixtures') ? ['an index barrel: name the file by what it holds'] : [],
    meaningless.test(bare) || folders.slice(1).some((folder) => meaningless.test(folder))
      ? ['a name that says nothing: name it by what it holds']
      : [],
  ]
  return problems.flat().map((problem) => `${path}: ${problem}`)
}

const kinds = ['unit', 'property', 'engine', 'law', 'stage']

/** A test whose suffix is no kind is run by nobody. */
export const unknownKind = (path: string): readonly string[] =>
  /\.test\.\w+$/.test(path) && !(path.startsWith('test/') && kinds.some((kind) => path.endsWith(`.${kind}.test.ts`)))
    ? [`${path}: no kind of test runs it (${kinds.map((kind) => `.${kind}.test.ts`).join(', ')}, under test/)`]
    : []
