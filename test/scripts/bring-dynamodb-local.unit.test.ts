import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildIn } from '../support/dynamodb-local.ts'

const script = join(import.meta.dirname, '../../scripts/bring-dynamodb-local.mjs')
const OUTPUT = 'for word; do case $word in -DoutputDirectory=*) out=${word#*=};; esac; done'

let folder: string
const put = (path: string, content: string | Buffer = '') => {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), content)
}
const putCommand = (name: string, shell: string) => {
  put(`machine/${name}`, `#!/bin/sh\n[ "$1" = --version ] && exit 0\n${shell}\n`)
  chmodSync(join(folder, 'machine', name), 0o755)
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongquan-bring-'))
  cpSync(script, join(folder, 'scripts/bring-dynamodb-local.mjs'))
  putCommand('java', 'exit 0')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const bring = (...words: readonly string[]) =>
  spawnSync(process.execPath, ['scripts/bring-dynamodb-local.mjs', ...words], {
    cwd: folder,
    env: { PATH: `${folder}/machine:/usr/bin:/bin` },
    encoding: 'utf8',
  })
const jar = 'DynamoDBLocal-2.6.1.jar'
const library = 'libsqlite4java-linux-amd64-1.0.392.so'

describe('bringing DynamoDB Local', () => {
  it('makes the folder when everything is there, in the place of one that was not finished', () => {
    put('.tongquan/dynamodb-local/half.jar')
    putCommand('mvn', `${OUTPUT}; mkdir -p "$out"; touch "$out/${jar}" "$out/${library}"`)
    expect(bring()).toMatchObject({ status: 0 })
    expect(readdirSync(join(folder, '.tongquan'))).toEqual(['dynamodb-local'])
    expect(readdirSync(join(folder, '.tongquan/dynamodb-local'))).toEqual([jar, library])
  })

  it.each([
    ['fails half-way', 'exit 1'],
    ['brings less than is needed', 'exit 0'],
  ])('leaves no folder behind when Maven %s', (_, end) => {
    putCommand('mvn', `${OUTPUT}; mkdir -p "$out"; touch "$out/${jar}"; ${end}`)
    expect(bring()).toMatchObject({ status: 1, stderr: expect.stringContaining('could not bring') })
    expect(readdirSync(join(folder, '.tongquan'))).toEqual([])
  })

  it('removes nothing from a folder of somebody else', () => {
    put('mine/letter.txt')
    putCommand('mvn', 'exit 0')
    expect(bring('mine')).toMatchObject({ status: 1, stderr: expect.stringContaining('name an empty folder') })
    expect(existsSync(join(folder, 'mine/letter.txt'))).toBe(true)
  })
})

describe('a DynamoDB Local that is found', () => {
  /** As much of a jar as tells its date: the header of its first entry. */
  const jarOf = (year: number, month: number): Buffer => {
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(((year - 1980) << 9) | (month << 5) | 1, 12)
    return header
  }

  it('is used when its jar and its native library are there, however it was unpacked', () => {
    put(`maven/${jar}`, jarOf(2025, 7))
    put(`maven/${library}`)
    put('archive/DynamoDBLocal.jar', jarOf(2023, 7))
    put('archive/DynamoDBLocal_lib/libsqlite4java-osx-aarch64.dylib')
    expect(buildIn(join(folder, 'maven'))).toMatchObject({ ok: true, libraryFolder: join(folder, 'maven') })
    expect(buildIn(join(folder, 'archive'))).toMatchObject({
      ok: true,
      libraryFolder: join(folder, 'archive/DynamoDBLocal_lib'),
    })
  })

  it.each([
    ['a folder that is not there', []],
    ['a folder that Maven has only begun to fill', ['sqlite4java-1.0.392.jar']],
    ['a jar without its native library', [jar]],
    ['a native library without its jar', [library]],
  ])('is missing in %s', (_, names) => {
    for (const name of names) put(`begun/${name}`, jarOf(2025, 7))
    expect(buildIn(join(folder, 'begun'))).toEqual({ ok: false, why: expect.stringContaining('is missing') })
  })

  it.each([
    ['2020-05', jarOf(2020, 5)],
    ['2023-06', jarOf(2023, 6)],
    ['no date', Buffer.from('not a jar')],
  ])('is left out by name when it is of %s', (date, content) => {
    put('old/DynamoDBLocal.jar', content)
    put(`old/${library}`)
    expect(buildIn(join(folder, 'old'))).toEqual({
      ok: false,
      why: `DynamoDBLocal.jar is of ${date}; a build of 2023-07 or later is needed`,
    })
  })
})
