// The API as a page to read: plain HTML from the OpenAPI document's own source, no script, nothing fetched from elsewhere.
import { hash } from 'node:crypto'
import type { CallerRule } from '../kernel/caller.ts'
import { type Endpoint, sharedProblems } from '../kernel/endpoint.ts'
import { problems } from '../kernel/problems.ts'
import type { Documented } from './openapi.ts'

const STYLE = `
:root{color-scheme:light dark;--ink:#17302f;--paper:#fbf8f1;--teal:#0b5d5b;--honey:#c98a1b;--line:#d9d2c3}
@media (prefers-color-scheme:dark){:root{--ink:#efe9dc;--paper:#12201f;--teal:#6cc5bf;--honey:#e2b04a;--line:#2f4443}}
body{margin:0 auto;max-width:52rem;padding:2rem 1.25rem;background:var(--paper);color:var(--ink);
font:1.05rem/1.6 system-ui,"Noto Sans TC","PingFang TC","Microsoft JhengHei",sans-serif}
h1{color:var(--teal)}h2{margin-top:3rem;border-bottom:2px solid var(--honey)}
article{border-top:1px solid var(--line);padding:1rem 0}
h3{margin:0;font-size:1.1rem}code{font-family:ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.method{color:var(--teal);font-weight:700}p{margin:.3rem 0}ul{margin:.3rem 0;padding-left:1.2rem}a{color:var(--teal)}
`

/** The one style may apply and nothing else may load or run. */
export const docsSecurityPolicy = `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; frame-ancestors 'none'`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const callerWords = (rule: CallerRule): string => {
  switch (rule.who) {
    case 'anyone':
      return '任何人 · anyone'
    case 'citizen':
      return `已登入市民（資料等級 ${rule.tier}） · a signed-in citizen (tier ${rule.tier})`
    case 'operator':
      return '營運人員 · an operator'
    case 'agency':
      return '機關（x-api-key） · an agency (x-api-key)'
  }
}

const problemLine = (declared: Endpoint): string =>
  [...new Set([...declared.problems, ...sharedProblems(declared)])]
    .map(
      (code) =>
        `<li><code>${problems[code].status} ${code}</code> ${escaped(problems[code].title.zh)} · ${escaped(problems[code].title.en)}</li>`,
    )
    .join('')

const articleOf = ({ declared }: Documented): string => {
  const [method, path] = declared.route.split(' ')
  return `<article id="${declared.name}"><h3><span class="method">${method}</span> <code>${escaped(path ?? '')}</code></h3>
<p>${escaped(declared.summary.zh)}<br>${escaped(declared.summary.en)}</p>
<p>${callerWords(declared.caller)}${declared.idempotencyKey ? ' · <code>Idempotency-Key</code>' : ''}</p>
<details><summary>可能的問題 · Problems</summary><ul>${problemLine(declared)}</ul></details></article>`
}

export const docsPageOf = (endpoints: readonly Documented[]): string => {
  const capabilities = [...new Set(endpoints.map(({ capability }) => capability))]
  const sections = capabilities.map(
    (capability) =>
      `<h2>${capability}</h2>${endpoints
        .filter((each) => each.capability === capability)
        .map(articleOf)
        .join('')}`,
  )
  return `<!doctype html><html lang="zh-Hant-TW"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>通券 API</title><style>${STYLE}</style></head><body><h1>通券 API</h1>
<p>完整規格 · The whole specification: <a href="/openapi.json">/openapi.json</a></p>${sections.join('')}</body></html>`
}
