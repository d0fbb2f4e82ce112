// Whether node_modules holds what package-lock.json asks for, and why npm could not make it so. Pure, and plain
// JavaScript, because it runs before anything is installed.
import { createHash } from 'node:crypto'

export const stampOf = (lock, machine) =>
  `${createHash('sha256').update(lock).digest('hex')} ${machine.platform}-${machine.arch}\n`

const isFor = (listed, value) => {
  if (listed === undefined) return true
  return listed.includes(value) || (listed.some((word) => word.startsWith('!')) && !listed.includes(`!${value}`))
}

/** An optional package may be missing where it could not run; which libc a machine has, and whose part it is, only npm knows. */
const mayBeMissing = (entry, machine) => {
  if (entry.optional !== true) return false
  if (entry.libc !== undefined || (entry.os === undefined && entry.cpu === undefined)) return true
  return !isFor(entry.os, machine.platform) || !isFor(entry.cpu, machine.arch)
}

/** Compares the lock with npm's own note of what it installed (node_modules/.package-lock.json). */
export const fits = (lock, installed, machine) => {
  if (installed === '') return false
  try {
    const found = JSON.parse(installed).packages
    return Object.entries(JSON.parse(lock).packages)
      .filter(([path]) => path !== '')
      .every(([path, entry]) => {
        const there = found[path]
        return there === undefined ? mayBeMissing(entry, machine) : there.version === entry.version
      })
  } catch {
    return false
  }
}

const reasons = [
  [/code ENOENT npm/, 'npm is not on the PATH.'],
  [/ENOSPC/, 'the disk is full.'],
  [/EROFS|EACCES|EPERM|EBUSY/, 'a file or folder cannot be written to, or is in use by another program.'],
  [
    /EINTEGRITY/,
    'a downloaded package is not the one in package-lock.json (EINTEGRITY); clear the cache with "npm cache clean --force".',
  ],
  [/code E40[13]/, 'the npm registry refused the request; see "npm config get registry" and your sign-in there.'],
  [/code E(404|TARGET)/, 'the npm registry does not have one of the packages; see "npm config get registry".'],
  [
    /EBADPLATFORM|No matching version found for node-bin|node-[a-z]+-[a-z0-9]+@/,
    'there is no Node 24 on npm for this platform.',
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET|CERT|SSL|code E5\d\d/,
    'the npm registry cannot be reached; check the network, proxy and "npm config get registry".',
  ],
]

/** One sentence out of everything npm said. */
export const reasonOf = (output) => {
  const known = reasons.find(([pattern]) => pattern.test(output))
  if (known !== undefined) return known[1]
  const lines = output.split('\n').filter((line) => /^npm (error|ERR!)/.test(line))
  return `npm says "${(lines[0] ?? output.trim().split('\n').at(-1) ?? '').slice(0, 200)}".`
}
