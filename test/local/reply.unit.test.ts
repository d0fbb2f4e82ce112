import { describe, expect, it } from 'vitest'
import { agencyReply, citizenReply } from '../../local/door/reply.ts'

describe('a reply through the citizen door', () => {
  it('infers a 200 from whatever has no statusCode', () => {
    expect(citizenReply({ hello: 1 })).toEqual({
      status: 200,
      headers: ['content-type', 'application/json'],
      body: '{"hello":1}',
    })
    expect(citizenReply('text')).toMatchObject({ status: 200, body: 'text' })
  })

  it('passes on status, headers, cookies and a decoded body', () => {
    const value = {
      statusCode: 201,
      headers: { 'X-A': 1, b: true },
      cookies: ['c=1', 'd=2'],
      body: 'AP8=',
      isBase64Encoded: true,
    }
    expect(citizenReply(value)).toEqual({
      status: 201,
      headers: [
        'X-A',
        '1',
        'b',
        'true',
        'set-cookie',
        'c=1',
        'set-cookie',
        'd=2',
        'content-type',
        'text/plain;charset=utf-8',
      ],
      body: Buffer.from([0, 255]),
    })
  })

  it.each([{ statusCode: 'teapot' }, { statusCode: 99 }, { statusCode: 200, body: { not: 'text' } }])(
    'refuses %j as malformed',
    (value) => {
      expect(citizenReply(value)).toBeUndefined()
    },
  )
})

describe('a reply through the agency door', () => {
  it('needs a statusCode and knows headers of several values', () => {
    expect(agencyReply({ body: 'x' })).toBeUndefined()
    expect(agencyReply(undefined)).toBeUndefined()
    expect(agencyReply({ statusCode: '200', multiValueHeaders: { a: ['1', '2'] }, body: '{}' })).toEqual({
      status: 200,
      headers: ['a', '1', 'a', '2', 'content-type', 'application/json'],
      body: '{}',
    })
  })
})
