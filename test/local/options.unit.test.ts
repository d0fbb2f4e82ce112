import { describe, expect, it } from 'vitest'
import { readOptions } from '../../local/options.ts'

const read = (args: readonly string[], environment: Record<string, string> = {}) =>
  readOptions(args, environment, () => 7)

describe('what the command understands', () => {
  it('has defaults for everything', () => {
    expect(read([])).toMatchObject({ port: 4_700, permissions: false, chaos: undefined, dynamodbEndpoint: undefined })
    expect(read([]).dataDir).toMatch(/\.tongquan$/)
  })

  it('takes the environment', () => {
    const environment = { PORT: '5000', DATA_DIR: '/tmp/x', WORKERS: '3', DYNAMODB_ENDPOINT: 'http://localhost:8000/' }
    expect(read([], environment)).toMatchObject({
      port: 5_000,
      dataDir: '/tmp/x',
      workers: 3,
      dynamodbEndpoint: 'http://localhost:8000',
    })
  })

  it('takes faults with a seed, and throws its own dice without one', () => {
    expect(read(['--chaos', 'throttle,table:notes', '--seed', '42']).chaos).toEqual({
      kinds: ['throttle'],
      tables: ['notes'],
      seed: 42,
    })
    expect(read(['--chaos', 'slow']).chaos?.seed).toBe(7)
  })

  it.each<[readonly string[], Record<string, string>, RegExp]>([
    [['--nonsense'], {}, /nonsense/],
    [['extra'], {}, /extra/],
    [['--chaos', 'earthquake'], {}, /earthquake/],
    [['--chaos', ''], {}, /--chaos needs/],
    [['--seed', '1'], {}, /--seed belongs/],
    [['--chaos', 'slow', '--seed', 'x'], {}, /--seed must/],
    [[], { PORT: '70000' }, /PORT must/],
    [[], { WORKERS: '0' }, /WORKERS must/],
    [[], { DYNAMODB_ENDPOINT: 'localhost' }, /DYNAMODB_ENDPOINT must/],
  ])('refuses %j with %j in one sentence', (args, environment, sentence) => {
    expect(() => read(args, environment)).toThrow(sentence)
  })
})
