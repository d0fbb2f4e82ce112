// The stage the city uses.
import type { Settings } from './shape.ts'

export const prodSettings: Settings = {
  stage: 'prod',
  // Taipei, for the data's sake: it stays in the country.
  region: 'ap-east-2',
  addresses: {
    domain: 'tongquan.example',
    originDomain: 'origin.tongquan.example',
    agencyDomain: 'agency.tongquan.example',
    hostedZoneId: 'Z0000000000000000PROD',
    zoneName: 'tongquan.example',
    issuer: 'https://id.tongquan.example',
    keySetUrl: 'https://id.tongquan.example/jwks',
  },
  // An audit of a draw may ask about the year before.
  logDays: 400,
  // Seven years: the keeping time of accounting records (Business Entity Accounting Act, art. 38, asks for five).
  writeOnceDays: 2_557,
  writeOnceMode: 'compliance',
  alarmEmail: 'operations@tongquan.example',
  // A second account, so that who can delete the platform cannot delete its copies. Tokyo: near, and far enough.
  // Both numbers are AWS's examples: put in your own.
  offSite: { account: '444455556666', region: 'ap-northeast-1', keepDays: 35, copiesFrom: '111122223333' },
  // Ten times 2021's load test of 1,047/s; docs/quotas.md says what must be requested before.
  citizenApi: { ratePerSecond: 10_000, burst: 5_000 },
  usagePlans: { standard: { ratePerSecond: 50, burst: 100, quotaPerDay: 1_000_000 } },
  agencies: [{ id: 'parking-office', name: 'Parking Office', plan: 'standard' }],
  // Whole offices and phone networks share one address; a single phone sends a few dozen.
  requestsPerAddress: 10_000,
  // 1,047/s at 0.24 s are 251 at once; ten times that, and the rest of the city, fits in here.
  accountConcurrency: 5_000,
  reservedConcurrency: {},
  warmTables: true,
}
