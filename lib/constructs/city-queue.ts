// A queue with its dead letters. Nothing is lost with a queue (the record is the truth), so what this stops is quiet:
// a message that fails for ever, and a queue that grows unseen.
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { QueueEncryption, Queue as SqsQueue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { House } from '../house.ts'
import type { Keys } from '../keys.ts'

/** SQS's longest: dead letters wait for a person. */
const KEEP_DAYS = 14
/** AWS asks for six times the function's timeout, so that a throttled consumer does not burn deliveries. */
const VISIBILITY_TIMEOUTS = 6

export interface CityQueueProps {
  readonly house: House
  readonly keys: Pick<Keys, 'data'>
  readonly name: string
  readonly maxReceives: number
  readonly consumerTimeoutSeconds: number
}

export const deadLetterQueue = (
  scope: Construct,
  id: string,
  house: House,
  keys: Pick<Keys, 'data'>,
  queueName: string,
): SqsQueue =>
  new SqsQueue(scope, id, {
    queueName,
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: keys.data,
    enforceSSL: true,
    retentionPeriod: Duration.days(KEEP_DAYS),
    removalPolicy: house.settings.stage === 'prod' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  })

export class CityQueue extends Construct {
  readonly queue: SqsQueue
  readonly deadLetters: SqsQueue

  constructor(scope: Construct, id: string, props: CityQueueProps) {
    super(scope, id)
    const { house, keys, name } = props
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', house, keys, house.names.deadLetters(name))
    this.queue = new SqsQueue(this, 'Queue', {
      queueName: house.names.queue(name),
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: keys.data,
      enforceSSL: true,
      retentionPeriod: Duration.days(KEEP_DAYS),
      visibilityTimeout: Duration.seconds(VISIBILITY_TIMEOUTS * props.consumerTimeoutSeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.maxReceives },
    })
  }
}
