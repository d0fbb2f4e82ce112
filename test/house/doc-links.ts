// Links of a Markdown page that stay inside the repository. Links to the outside are not followed: a test needs no network.
import { posix } from 'node:path'

const LINK = /!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s*(\S+)/gm
const CODE = /^(```|~~~)[\s\S]*?^\1|`[^`\n]*`/gm

const isOutside = (target: string): boolean => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)

const headingId = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/g, '-')

const idsIn = (page: string): readonly string[] =>
  [...page.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').matchAll(/^#{1,6}\s+(.+)$/gm)].map((found) =>
    headingId(found[1] ?? ''),
  )

/** `pages` gives the text of a file of the repository, or nothing when there is none. A folder counts when it holds a file. */
export const brokenLinks = (path: string, pages: (path: string) => string | undefined, files: readonly string[]) => {
  const text = (pages(path) ?? '').replace(CODE, '')
  const targets = [...text.matchAll(LINK)].map((found) => found[1] ?? found[2] ?? '')
  return targets
    .filter((target) => !isOutside(target) && !resolves(target, path, pages, files))
    .map((target) => `${path}: the link ${target} leads nowhere`)
}

const resolves = (
  target: string,
  path: string,
  pages: (path: string) => string | undefined,
  files: readonly string[],
): boolean => {
  const [file = '', id] = decodeURI(target).split('#')
  const place = file === '' ? path : posix.join(posix.dirname(path), file).replace(/\/$/, '')
  if (id !== undefined && id !== '' && place.endsWith('.md')) return idsIn(pages(place) ?? '').includes(id)
  return place === '.' || files.includes(place) || files.some((one) => one.startsWith(`${place}/`))
}
