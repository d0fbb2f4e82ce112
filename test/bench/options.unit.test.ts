import { describe, expect, it } from 'vitest'
import { readOptions } from '../../bench/options.ts'

describe('the options of the bench', () => {
  it('mean everything, 100,000 registrations and no file when nothing is said', () => {
    const { names, registrations, json, docs, help } = readOptions([], {})
    expect({ names, registrations, json, docs, help }).toEqual({
      names: ['registration', 'start'],
      registrations: 100_000,
      json: undefined,
      docs: false,
      help: false,
    })
  })

  it('take names, a file, a number and the workers', () => {
    const { names, registrations, json, workers } = readOptions(
      ['start', '--json', 'x.json', '--registrations', '5000'],
      { WORKERS: '3' },
    )
    expect({ names, registrations, json, workers }).toEqual({
      names: ['start'],
      registrations: 5_000,
      json: 'x.json',
      workers: 3,
    })
  })

  it.each([
    [['draw'], {}, /knows registration and start, not "draw"/],
    [['--fast'], {}, /See npm run bench -- --help/],
    [['--registrations', '12'], {}, /whole number from 2000/],
    [[], { WORKERS: 'many' }, /WORKERS must be/],
  ])('refuse %j with one sentence', (args, environment, sentence) => {
    expect(() => readOptions(args, environment)).toThrow(sentence)
  })
})
