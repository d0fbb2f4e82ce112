// Writes shared/client/routes.ts from the declarations. `--check` only compares, for the test and for CI.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { endpoints } from '../shared/city.ts'

const FILE = join(import.meta.dirname, '../shared/client/routes.ts')

export const derivedRoutes = (): string => {
  const rows = Object.entries(endpoints).map(([name, { route }]) => {
    const [method, path] = route.split(' ')
    return `  ${name}: ['${method}', '${path}'],`
  })
  return `// Derived from the declarations by \`npm run derive\`; a test compares them.
export const routes = {
${rows.join('\n')}
} as const
`
}

if (import.meta.main) {
  const isCheck = process.argv.includes('--check')
  if (!isCheck) writeFileSync(FILE, derivedRoutes())
  else if (readFileSync(FILE, 'utf8') !== derivedRoutes()) {
    console.error('shared/client/routes.ts is not what the declarations say; run `npm run derive`')
    process.exitCode = 1
  }
}
