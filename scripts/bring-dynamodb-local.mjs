// node scripts/bring-dynamodb-local.mjs [FOLDER]: brings DynamoDB Local, AWS's own engine, as a second opinion for the
// tests of the records. Maven finds it wherever this machine's Maven is told to look. Needs Java 17 or later.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** Builds before 2023-07 (2.0) do not give back the item of a failed single put. */
const VERSION = '2.6.1'
const PATIENCE_MS = 300_000

const root = fileURLToPath(new URL('..', import.meta.url))

const stop = (sentence) => {
  console.error(sentence)
  process.exit(1)
}

const runs = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0

const isBrought = (folder) =>
  existsSync(join(folder, `DynamoDBLocal-${VERSION}.jar`)) &&
  readdirSync(folder).some((name) => name.startsWith('libsqlite4java'))

const pom = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>bring-dynamodb-local</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>com.amazonaws</groupId><artifactId>DynamoDBLocal</artifactId><version>${VERSION}</version>
  </dependency></dependencies>
</project>
`

/** Beside the folder, so that it can take its name: the folder is there when it is complete, and not before. */
const bring = (folder) => {
  mkdirSync(dirname(folder), { recursive: true })
  const workshop = mkdtempSync(`${folder}.unfinished-`)
  const made = join(workshop, 'made')
  try {
    writeFileSync(join(workshop, 'pom.xml'), pom)
    const words = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${made}`]
    const { status } = spawnSync('mvn', words, { cwd: workshop, stdio: 'inherit', timeout: PATIENCE_MS })
    if (status !== 0 || !isBrought(made)) return false
    rmSync(folder, { recursive: true, force: true })
    renameSync(made, folder)
    return true
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

const [asked] = process.argv.slice(2)
if (asked === '--help' || asked === '-h') {
  console.log('Usage: node scripts/bring-dynamodb-local.mjs [FOLDER]   (default: .tongquan/dynamodb-local)')
  process.exit(0)
}
const ours = join(root, '.tongquan/dynamodb-local')
const folder = resolve(asked ?? process.env.DYNAMODB_LOCAL_DIR ?? ours)
if (isBrought(folder)) {
  console.log(`DynamoDB Local ${VERSION} is in ${folder}`)
  process.exit(0)
}
// What stands in our own folder is a build that is old or was not finished; what stands elsewhere is not ours to remove.
if (folder !== resolve(ours) && existsSync(folder) && readdirSync(folder).length > 0)
  stop(`${folder} holds something else than DynamoDB Local ${VERSION}: name an empty folder, or empty it.`)
if (!runs('java')) stop('DynamoDB Local needs Java 17 or later, which is not on this machine.')
if (!runs('mvn')) stop('DynamoDB Local is brought by Maven (mvn), which is not on this machine.')
if (!bring(folder)) stop(`Maven could not bring DynamoDB Local ${VERSION} into ${folder}.`)
console.log(`DynamoDB Local ${VERSION} is in ${folder}`)
