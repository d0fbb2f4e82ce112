// Writes what follows from the declarations: the client's table of routes and the data-model page. A test compares them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { city, endpoints } from '../shared/city.ts'
import type { Table } from '../shared/kernel/table.ts'

const ROOT = join(import.meta.dirname, '..')

const routes = (): string => {
  const rows = Object.entries(endpoints).map(([name, { route, caller }]) => {
    const [method, path] = route.split(' ')
    return `  ${name}: ['${method}', '${path}', '${caller.who === 'anyone' ? 'anyone' : 'known'}'],`
  })
  return `// Derived from the declarations by \`npm run derive\`; a test compares them.
export const routes = {
${rows.join('\n')}
} as const
`
}

const keyOf = ({ partitionKey, sortKey }: Table): string =>
  sortKey === undefined ? `\`${partitionKey}\`` : `\`${partitionKey}\`, \`${sortKey}\``

/** Every function that may touch the table, and by which verbs. */
const usersOf = (table: Table): string => {
  const declared = [...city.endpoints, ...city.consumers, ...city.schedules].map((placed) => placed.declared)
  const users = declared.flatMap(({ name, records = {} }) => {
    const verbs = Object.entries(records).filter(([, tables]) => tables.includes(table))
    return verbs.length === 0 ? [] : [`${name} (${verbs.map(([verb]) => verb).join(', ')})`]
  })
  return users.length === 0 ? 'nobody yet' : users.join('; ')
}

const dataModel = (): string => {
  const rows = city.tables.map(
    (table) => `| \`${table.name}\` | ${keyOf(table)} | ${table.holds} | ${usersOf(table)} |`,
  )
  const boxes = city.tables.map(({ name, partitionKey, sortKey, item }) => {
    const attributes = Object.keys(item.shape).map((attribute) => {
      const key = attribute === partitionKey ? ' PK' : attribute === sortKey ? ' SK' : ''
      return `    ${key === ' SK' ? 'sort' : key === ' PK' ? 'partition' : 'attribute'} ${attribute}`
    })
    return `  ${name} {\n${attributes.join('\n')}\n  }`
  })
  return `# Data model

Derived from the declarations by \`npm run derive\`. All keys are strings, no table has an index or a stream.

| Table | Key | One row is | Who may touch it |
|---|---|---|---|
${rows.join('\n')}

\`\`\`mermaid
erDiagram
${boxes.join('\n')}
\`\`\`
`
}

export const derived: readonly { readonly file: string; readonly text: string }[] = [
  { file: 'shared/client/routes.ts', text: routes() },
  { file: 'docs/data-model.md', text: dataModel() },
]

const HELP = `npm run derive [-- --check]
Writes ${derived.map(({ file }) => file).join(' and ')} from the declarations; --check only compares.`

const stale = () => derived.filter(({ file, text }) => readFileSync(join(ROOT, file), 'utf8') !== text)

if (import.meta.main) {
  if (process.argv.includes('--help')) console.log(HELP)
  else if (process.argv.includes('--check')) {
    for (const { file } of stale()) console.error(`${file} is not what the declarations say; run \`npm run derive\``)
    process.exitCode = stale().length === 0 ? 0 : 1
  } else for (const { file, text } of derived) writeFileSync(join(ROOT, file), text)
}
