// npm run sbom -- [FILE]: writes the bill of materials (CycloneDX) from the lock file, and reads it back before saying so.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { json, npm } from './npm.ts'

const DEFAULT_FILE = '.tongquan/sbom.cdx.json'

const Bill = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  components: z.array(z.object({ name: z.string(), version: z.string(), purl: z.string() })).min(1),
})

export const billIn = (answer: unknown) => Bill.safeParse(answer)

const write = (file: string): number => {
  const answer = npm('sbom', '--sbom-format', 'cyclonedx', '--package-lock-only')
  const bill = billIn(json(answer))
  if (!bill.success) {
    console.error(`npm gave no bill of materials. ${answer.complaint.trim().split('\n').at(-1) ?? ''}`)
    return 1
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, answer.output)
  console.log(`${file}: CycloneDX ${bill.data.specVersion}, ${bill.data.components.length} components.`)
  return 0
}

if (import.meta.main) {
  const [file = DEFAULT_FILE] = process.argv.slice(2)
  if (file === '--help') console.log(`npm run sbom -- [FILE]   writes a CycloneDX bill of materials (${DEFAULT_FILE})`)
  else process.exitCode = write(file)
}
