import { describe, expect, it } from 'vitest'
import { clientSettings } from '../../shared/cloud/client-settings.ts'

const wiring = (environment: Record<string, string>) => ({ name: 'register', budgetMs: 1_000, environment })
const keys = { AWS_REGION: 'ap-east-2', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' }

describe('what a client is built with', () => {
  it('has the keys, session and region of its environment', () => {
    const settings = clientSettings(wiring({ ...keys, AWS_SESSION_TOKEN: 'session' }), 'DYNAMODB')
    expect(settings.region).toBe('ap-east-2')
    expect(settings.credentials).toEqual({ accessKeyId: 'id', secretAccessKey: 'key', sessionToken: 'session' })
  })

  it('leaves credentials to the chain of the SDK where the environment has none', () => {
    expect(clientSettings(wiring({ AWS_REGION: 'ap-east-2' }), 'KMS')).not.toHaveProperty('credentials')
  })

  it('uses an endpoint of its own service alone', () => {
    const environment = { ...keys, AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:1' }
    expect(clientSettings(wiring(environment), 'KMS').endpoint).toBe('http://127.0.0.1:1')
    expect(clientSettings(wiring(environment), 'SQS')).not.toHaveProperty('endpoint')
  })

  it('retries nothing by itself and ends an attempt within the budget', () => {
    const settings = clientSettings(wiring(keys), 'DYNAMODB')
    expect(settings.maxAttempts).toBe(1)
    expect(settings.requestHandler).toMatchObject({ requestTimeout: 400, throwOnRequestTimeout: true })
  })

  it('says which variable is missing', () => {
    expect(() => clientSettings(wiring({}), 'DYNAMODB')).toThrow('register: the environment lacks AWS_REGION')
  })
})
