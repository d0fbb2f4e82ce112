import { writeFileSync } from 'node:fs'
import { openIssuer } from './outside/issuer.ts'
const issuer = openIssuer('/tmp/ld2', 'http://localhost:4812/_local/issuer')
const n = Number(process.argv[2])
writeFileSync('/tmp/tokens.json', JSON.stringify(Array.from({ length: n }, (_, i) => issuer.citizen({ number: `L${process.argv[3]}${i}`, kind: 'national', lane: i % 2 ? 'odd' : 'even' }))))
