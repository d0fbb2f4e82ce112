// The stage for trying a deployment. Small, and cheap when idle.
import type { Settings } from './shape.ts'

export const devSettings: Settings = {
  stage: 'dev',
  // Taipei, for the data's sake: it stays in the country.
  region: 'ap-east-2',
  addresses: {
    domain: 'dev.tongquan.example',
    originDomain: 'origin.dev.tongquan.example',
    agencyDomain: 'agency.dev.tongquan.example',
    hostedZoneId: 'Z00000000000000000DEV',
    zoneName: 'dev.tongquan.example',
    issuer: 'https://id.dev.tongquan.example',
    keySetUrl: 'https://id.dev.tongquan.example/jwks',
  },
  // Long enough to look at last month's trial.
  logDays: 30,
  writeOnceDays: 1,
  writeOnceMode: 'governance',
  alarmEmail: 'operations@dev.tongquan.example',
  // A new account's API Gateway allowance in a new Region is 2,500/s; a trial never needs more than a fifth.
  citizenApi: { ratePerSecond: 500, burst: 250 },
  usagePlans: { standard: { ratePerSecond: 20, burst: 40, quotaPerDay: 100_000 } },
  agencies: [{ id: 'parking-office', name: 'Parking Office (trial)', plan: 'standard' }],
  // A load test comes from few addresses.
  requestsPerAddress: 100_000,
  accountConcurrency: 1_000,
  reservedConcurrency: {},
  warmTables: false,
}
