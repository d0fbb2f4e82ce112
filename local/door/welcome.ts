// A plain page until the city's site exists.
import type { Brief } from '../brief.ts'

export const welcomePage = ({ origin, plan }: Pick<Brief, 'origin' | 'plan'>): string => {
  const rows = (plan.citizenDoor?.routes ?? [])
    .filter((route) => route.key !== '$default')
    .map((route) => `<li><code>${route.key}</code></li>`)
    .join('')
  return `<!doctype html>
<html lang="zh-Hant-TW"><meta charset="utf-8"><title>通券 Tongquan</title>
<style>body{font:18px/1.6 system-ui,"Noto Sans TC",sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}</style>
<h1>通券 Tongquan</h1>
<p>本機環境已啟動。<br>The local stage is up. There is no site yet; the API is here:</p>
<ul><li><a href="${origin}/docs">${origin}/docs</a></li><li><a href="${origin}/openapi.json">${origin}/openapi.json</a></li></ul>
<ul>${rows}</ul></html>
`
}
