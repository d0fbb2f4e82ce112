// A root with a trivial function file for each function of a city, so that the sample city can be bundled.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { entryOf } from '../../lib/bundle.ts'
import { functionsOf, ROTATION } from '../../lib/house.ts'
import type { City } from '../../shared/city.ts'

export const writeFunctionsOf = (city: City, root: string): void => {
  for (const source of [...functionsOf(city), ROTATION]) {
    const entry = entryOf(root, source)
    mkdirSync(dirname(entry), { recursive: true })
    const reply = {
      statusCode: 200,
      headers: { 'content-type': 'text/plain' },
      body: `${source.capability}/${source.name}`,
    }
    writeFileSync(entry, `export const handler = async () => (${JSON.stringify(reply)})\n`)
  }
}
