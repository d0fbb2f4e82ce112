import { describe, expect, it } from 'vitest'
import { DROP_FIRST_SEGMENT, NAME_LANGUAGE } from '../../lib/constructs/cdn-code.ts'
import { MAX_ENDPOINT_TIMEOUT_SECONDS, timeoutWithin } from '../../lib/constructs/city-function.ts'
import { fileNameOf } from '../../lib/house.ts'
import { namesOf, pascal } from '../../lib/names.ts'
import { contentLanguage, languageOf } from '../../shared/edge/language.ts'

interface CdnRequest {
  uri: string
  headers: Record<string, { value: string }>
}
const asRun =
  (code: string) =>
  (request: CdnRequest): CdnRequest =>
    new Function('event', `${code}; return handler(event)`)({ request })

describe('the code inside the CDN', () => {
  it.each([
    ['zh-TW,zh;q=0.9,en-US;q=0.8', 'zh-TW'],
    ['en-GB,en;q=0.9,zh;q=0.5', 'en'],
    ['fr-FR,fr;q=0.9,en;q=0.8', 'en'],
    ['fr,en;q=0.5', 'en'],
    ['zh;q=0.1,en', 'en'],
    ['en;q=0.2, zh-Hant-TW;q=0.9', 'zh-TW'],
    ['EN-us', 'en'],
    ['en;q=0', 'zh-TW'],
    ['en,zh', 'zh-TW'],
    ['*', 'zh-TW'],
    ['ja', 'zh-TW'],
    ['benzh', 'zh-TW'],
    ['english', 'zh-TW'],
    ['', 'zh-TW'],
    [undefined, 'zh-TW'],
  ])('names one language for "%s", the one that the edge would choose', (asked, named) => {
    const headers: CdnRequest['headers'] = asked === undefined ? {} : { 'accept-language': { value: asked } }
    expect(asRun(NAME_LANGUAGE)({ uri: '/', headers }).headers['accept-language']?.value).toBe(named)
    expect(contentLanguage[languageOf(asked)]).toBe(named)
  })
  it.each([
    ['/open-books/2026/a.json', '/2026/a.json'],
    ['/open-books/', '/'],
    ['/open-books', '/'],
  ])('finds the document of %s', (uri, document) => {
    expect(asRun(DROP_FIRST_SEGMENT)({ uri, headers: {} }).uri).toBe(document)
  })
})

describe('names', () => {
  it('tell stage, capability and function', () => {
    expect(namesOf('dev').fn('campaign', 'register')).toBe('tongquan-dev-campaign-register')
    expect(fileNameOf('listMyRegistrations')).toBe('list-my-registrations')
    expect([pascal('registrations-odd'), pascal('listMyRegistrations')]).toEqual([
      'RegistrationsOdd',
      'ListMyRegistrations',
    ])
  })
  it('are refused when Lambda would refuse them', () => {
    expect(() => namesOf('prod').fn('campaign', 'a'.repeat(50))).toThrow('longer than 64')
  })
})

describe('time limits', () => {
  it('leave room for a cold start beyond the budget', () => {
    expect(timeoutWithin(1_000)).toBe(4)
    expect(timeoutWithin(1_500)).toBe(5)
  })
  it('are refused when the gateway would hang up first', () => {
    expect(() => timeoutWithin(27_000, MAX_ENDPOINT_TIMEOUT_SECONDS)).toThrow('only 29 s are given')
  })
})
