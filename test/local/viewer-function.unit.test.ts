import { describe, expect, it } from 'vitest'
import { viewerFunctionOf } from '../../local/door/viewer-function.ts'

describe('a CloudFront function', () => {
  it('changes the address and the headers of what the viewer asks', () => {
    const view = viewerFunctionOf(`function handler(event) {
      var request = event.request
      request.uri = request.uri.replace(/^\\/[^/]+/, '')
      request.headers['accept-language'] = { value: 'en' }
      return request
    }`)
    const headers = { host: 'here', 'accept-language': 'fr' }
    expect(view({ uri: '/open-books/a/b', headers })).toBe('/a/b')
    expect(headers).toEqual({ host: 'here', 'accept-language': 'en' })
  })

  it('has nothing of this process to reach for', () => {
    const view = viewerFunctionOf(
      'function handler(event) { event.request.uri = typeof process + typeof require; return event.request }',
    )
    expect(view({ uri: '/', headers: {} })).toBe('undefinedundefined')
  })

  it('without a handler is refused', () => {
    expect(() => viewerFunctionOf('var handler = 7')).toThrow('no handler')
  })
})
