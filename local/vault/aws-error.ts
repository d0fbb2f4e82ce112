// A refusal in the words of AWS's JSON protocols.
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly type: string
  readonly status: number
  constructor(type: string, message: string, status = 400) {
    super(message)
    this.type = type
    this.status = status
  }
}
