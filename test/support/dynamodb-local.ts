// Whether a folder holds a DynamoDB Local that the tests can use, told from its files alone: unpacked by Maven (all in one
// folder) or from AWS's own archive (libraries in a folder of theirs).
import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'

export type Build =
  | { readonly ok: true; readonly jar: string; readonly libraryFolder: string }
  | { readonly ok: false; readonly why: string }

/** Older builds do not give back the item of a failed single put. */
const OLDEST_USABLE = '2023-07'
const JAR = /^DynamoDBLocal(-[0-9.]+)?\.jar$/
const LIBRARY = /sqlite4java.*\.(so|dylib|dll)$/

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : [])

export const buildIn = (folder: string): Build => {
  const jar = namesIn(folder).find((name) => JAR.test(name))
  const libraryFolder = [folder, join(folder, 'DynamoDBLocal_lib')].find((one) =>
    namesIn(one).some((name) => LIBRARY.test(name)),
  )
  if (jar === undefined || libraryFolder === undefined)
    return { ok: false, why: 'the build is missing: node scripts/bring-dynamodb-local.mjs' }
  const builtIn = monthOf(join(folder, jar))
  if (builtIn === undefined || builtIn < OLDEST_USABLE)
    return { ok: false, why: `${jar} is of ${builtIn ?? 'no date'}; a build of ${OLDEST_USABLE} or later is needed` }
  return { ok: true, jar, libraryFolder }
}

/** ZIP (APPNOTE 4.3.7): a local file header, with the date as MS-DOS writes it at byte 12. */
const HEADER_BYTES = 30
const SIGNATURE = 0x04034b50
const DATE_AT = 12

/** The first entry of the jar is its manifest, written when it was built. Neither file name nor manifest are sure to tell. */
const monthOf = (jar: string): string | undefined => {
  const header = Buffer.alloc(HEADER_BYTES)
  const file = openSync(jar, 'r')
  try {
    readSync(file, header, 0, HEADER_BYTES, 0)
  } finally {
    closeSync(file)
  }
  if (header.readUInt32LE(0) !== SIGNATURE) return undefined
  const date = header.readUInt16LE(DATE_AT)
  return `${1980 + (date >> 9)}-${String((date >> 5) & 15).padStart(2, '0')}`
}
