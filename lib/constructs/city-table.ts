// A record table: on demand, encrypted with the stage's key, restorable to any second of the last 35 days, not to be
// deleted by mistake. No stream: what is due has a record that says so. No index: it would throttle its table.
import { RemovalPolicy } from 'aws-cdk-lib'
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { Construct } from 'constructs'
import type { Table } from '../../shared/kernel/table.ts'
import type { House } from '../house.ts'
import type { Keys } from '../keys.ts'

/** DynamoDB's longest. */
const RECOVERY_DAYS = 35

export class CityTable extends Construct {
  readonly table: TableV2

  constructor(scope: Construct, id: string, props: { house: House; keys: Pick<Keys, 'data'>; declared: Table }) {
    super(scope, id)
    const { house, keys, declared } = props
    this.table = new TableV2(this, 'Table', {
      tableName: house.names.table(declared.name),
      partitionKey: { name: declared.partitionKey, type: AttributeType.STRING },
      ...(declared.sortKey === undefined ? {} : { sortKey: { name: declared.sortKey, type: AttributeType.STRING } }),
      ...(declared.expiry === undefined ? {} : { timeToLiveAttribute: declared.expiry }),
      ...warmthOf(house, declared),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.customerManagedKey(keys.data),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: RECOVERY_DAYS },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
  }
}

const warmthOf = (house: House, declared: Table) =>
  house.settings.warmTables && declared.surge
    ? {
        warmThroughput: {
          writeUnitsPerSecond: declared.surge.writesPerSecond,
          readUnitsPerSecond: declared.surge.readsPerSecond,
        },
      }
    : {}
