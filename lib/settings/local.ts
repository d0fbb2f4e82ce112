// The stage that runs on one machine. Nothing here reaches a cloud.
import type { Settings } from './shape.ts'

export const localSettings: Settings = {
  stage: 'local',
  // A name only: CloudFormation must be told one.
  region: 'ap-east-2',
  logDays: 7,
  // Demo worlds are thrown away; a day proves the rule.
  writeOnceDays: 1,
  writeOnceMode: 'governance',
  // As prod, so that a test on one machine meets the same door.
  citizenApi: { ratePerSecond: 10_000, burst: 5_000 },
  usagePlans: {
    standard: { ratePerSecond: 20, burst: 40, quotaPerDay: 100_000 },
    // So small that a person with curl can meet the throttle.
    trial: { ratePerSecond: 1, burst: 2, quotaPerDay: 100 },
  },
  agencies: [
    { id: 'parking-office', name: 'Parking Office (demo)', plan: 'standard' },
    { id: 'trial-office', name: 'Trial Office (demo)', plan: 'trial' },
  ],
  requestsPerAddress: 10_000,
  accountConcurrency: 1_000,
  reservedConcurrency: {},
  warmTables: false,
}
