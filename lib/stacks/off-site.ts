// The vault in the other account and Region. Locked: neither that account's administrators nor AWS can shorten or delete
// what is in it before its time.
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { CfnBackupVault } from 'aws-cdk-lib/aws-backup'
import { AccountPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import type { OffSite } from '../settings/shape.ts'
import { offSiteVault } from './backup.ts'

/** The lock can still be undone for this long (AWS's shortest): time to see that the first copies arrive. */
const GRACE_DAYS = 3

export class OffSiteStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { house: House; offSite: OffSite }) {
    super(scope, id, props)
    const { house, offSite } = props
    const key = new Key(this, 'Key', {
      alias: house.names.alias('off-site'),
      description: 'Copies of another account, at rest',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    const vault = new CfnBackupVault(this, 'Vault', {
      backupVaultName: offSiteVault(house),
      encryptionKeyArn: key.keyArn,
      lockConfiguration: {
        minRetentionDays: offSite.keepDays,
        // Erasure has an end: what a citizen had deleted is gone from the last copy after this.
        maxRetentionDays: offSite.keepDays,
        changeableForDays: GRACE_DAYS,
      },
      accessPolicy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            principals: [new AccountPrincipal(offSite.copiesFrom)],
            actions: ['backup:CopyIntoBackupVault'],
            // In a vault's own policy the star means this vault.
            resources: ['*'],
          }),
        ],
      }),
    })
    vault.applyRemovalPolicy(RemovalPolicy.RETAIN)
  }
}
