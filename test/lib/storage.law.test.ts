import { describe, expect, inject, it } from 'vitest'
import { bucketLaws, keyLaws, logLaws, queueLaws, tableLaws } from './storage-laws.ts'
import { planted, stacksIn } from './templates.ts'

const stacks = stacksIn(inject('assembly'))

describe('what keeps something', () => {
  it('has stages and stacks to look at', () => {
    expect(new Set(stacks.map(({ stage }) => stage))).toEqual(new Set(['local', 'dev', 'prod']))
  })
  it('restores, protects and encrypts every table, and gives it no stream and no index', () => {
    expect(tableLaws(stacks)).toEqual([])
  })
  it('keeps every bucket private, encrypted, versioned and behind TLS', () => {
    expect(bucketLaws(stacks)).toEqual([])
  })
  it('keeps every log for a stated time and encrypts it', () => {
    expect(logLaws(stacks)).toEqual([])
  })
  it('gives every queue dead letters, encryption and TLS', () => {
    expect(queueLaws(stacks)).toEqual([])
  })
  it('rotates every key and writes no secret into a template', () => {
    expect(keyLaws(stacks)).toEqual([])
  })
})

describe('the laws themselves', () => {
  it('find a table that is not protected in any way', () => {
    const replica = { Region: 'ap-east-2' }
    const bad = planted('AWS::DynamoDB::GlobalTable', {
      Replicas: [replica],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      GlobalSecondaryIndexes: [{ IndexName: 'by-status' }],
    })
    expect(tableLaws([bad])).toHaveLength(7)
  })
  it('find a bucket that anybody may read', () => {
    expect(bucketLaws([planted('AWS::S3::Bucket', {})])).toHaveLength(5)
  })
  it('find a log that is kept for ever in the clear', () => {
    expect(logLaws([planted('AWS::Logs::LogGroup', {})])).toHaveLength(2)
  })
  it('find a queue whose failures are lost', () => {
    expect(queueLaws([planted('AWS::SQS::Queue', {})])).toHaveLength(3)
  })
  it('find a key that never changes and a secret that stands in the template', () => {
    expect(keyLaws([planted('AWS::KMS::Key', {})])).toHaveLength(1)
    expect(keyLaws([planted('AWS::SecretsManager::Secret', { SecretString: 'hunter2' })])).toHaveLength(2)
  })
})
