// Copies beyond reach: what one account can lose or be made to delete, another one keeps. Point-in-time recovery is the
// quick way back (docs/runbooks/restore.md); this is the way back when the account itself is gone.
import { Aws, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { CfnBackupPlan, CfnBackupSelection, CfnBackupVault } from 'aws-cdk-lib/aws-backup'
import { AccountPrincipal, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { acknowledge } from '../constructs/acknowledge.ts'
import { arnOfBucket, arnOfTable } from '../grants.ts'
import type { House } from '../house.ts'
import type { OffSite } from '../settings/shape.ts'

/** The copies on this side are only stepping stones. */
const KEEP_HERE_DAYS = 7
/** 02:30 in Taipei, when nobody opens a campaign. */
const NIGHTLY = 'cron(30 18 * * ? *)'
/** AWS Backup's shortest windows. */
const START_WITHIN_MINUTES = 60
const DONE_WITHIN_MINUTES = 480

const MANAGED = ['service-role/AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup'] as const

export const offSiteVault = (house: House): string => house.names.plain('off-site')

export class BackupStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { house: House; offSite: OffSite }) {
    super(scope, id, props)
    const { house, offSite } = props
    const vault = this.vault(house, offSite)
    const plan = new CfnBackupPlan(this, 'Plan', {
      backupPlan: {
        backupPlanName: house.names.plain('nightly'),
        backupPlanRule: [
          {
            ruleName: 'nightly',
            targetBackupVault: vault.ref,
            scheduleExpression: NIGHTLY,
            startWindowMinutes: START_WITHIN_MINUTES,
            completionWindowMinutes: DONE_WITHIN_MINUTES,
            lifecycle: { deleteAfterDays: KEEP_HERE_DAYS },
            copyActions: [
              {
                destinationBackupVaultArn: `arn:${Aws.PARTITION}:backup:${offSite.region}:${offSite.account}:backup-vault:${offSiteVault(house)}`,
                lifecycle: { deleteAfterDays: offSite.keepDays },
              },
            ],
          },
        ],
      },
    })
    new CfnBackupSelection(this, 'Selection', {
      backupPlanId: plan.ref,
      backupSelection: {
        selectionName: house.names.plain('city'),
        iamRoleArn: this.role().roleArn,
        resources: [
          ...house.city.tables.map((table) => arnOfTable(this, house, table)),
          ...house.city.buckets.map((bucket) => arnOfBucket(house, bucket)),
        ],
      },
    })
  }

  private vault(house: House, offSite: OffSite): CfnBackupVault {
    const key = new Key(this, 'Key', {
      alias: house.names.alias('backup'),
      description: 'Backups at rest',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    key.addToResourcePolicy(
      new PolicyStatement({
        // A copy is opened here and closed again with the other account's own key.
        principals: [new AccountPrincipal(offSite.account)],
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:CreateGrant'],
        resources: ['*'],
        conditions: { StringEquals: { 'kms:ViaService': `backup.${Aws.REGION}.${Aws.URL_SUFFIX}` } },
      }),
    )
    const vault = new CfnBackupVault(this, 'Vault', {
      backupVaultName: house.names.plain('nightly'),
      encryptionKeyArn: key.keyArn,
    })
    vault.applyRemovalPolicy(RemovalPolicy.RETAIN)
    return vault
  }

  private role(): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: MANAGED.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
    })
    for (const name of MANAGED) {
      acknowledge(role, {
        [`AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`]:
          'What AWS Backup needs is known to AWS and grows with it; only the service itself can take this role.',
      })
    }
    return role
  }
}
