// Logs are kept for as long as the stage says, encrypted with the stage's own key.
import { RemovalPolicy } from 'aws-cdk-lib'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import type { Keys } from '../keys.ts'

export const keptLogs = (
  scope: Construct,
  id: string,
  house: House,
  keys: Pick<Keys, 'logs'>,
  path: string,
): LogGroup =>
  new LogGroup(scope, id, {
    logGroupName: house.names.logs(path),
    retention: house.settings.logDays,
    encryptionKey: keys.logs,
    // What was logged before a stack was taken away is what explains why.
    removalPolicy: house.settings.stage === 'prod' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  })
