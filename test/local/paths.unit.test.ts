import { describe, expect, it } from 'vitest'
import { pathTree } from '../../local/door/paths.ts'

const tree = pathTree<string>()
for (const key of [
  'GET /v1/a',
  'GET /v1/{id}',
  'POST /v1/{id}',
  'GET /v1/a/b',
  'GET /v1/{id}/c',
  'ANY /x/{proxy+}',
  'GET /x/y',
  'ANY /',
]) {
  const [method = '', path = ''] = key.split(' ')
  tree.add(method, path, key)
}

describe('finding a route', () => {
  it.each([
    ['GET', '/v1/a', 'GET /v1/a', undefined],
    ['GET', '/v1/z', 'GET /v1/{id}', { id: 'z' }],
    ['POST', '/v1/a', 'POST /v1/{id}', { id: 'a' }],
    ['GET', '/v1/a/c', 'GET /v1/{id}/c', { id: 'a' }],
    ['GET', '/v1/%E7%86%8A', 'GET /v1/{id}', { id: '熊' }],
    ['GET', '/v1/%zz', 'GET /v1/{id}', { id: '%zz' }],
    ['GET', '/x/y', 'GET /x/y', undefined],
    ['DELETE', '/x/y/z', 'ANY /x/{proxy+}', { proxy: 'y/z' }],
    ['GET', '/', 'ANY /', undefined],
  ])('takes %s %s to %s', (method, path, target, parameters) => {
    expect(tree.find(method, path)).toEqual({ target, parameters })
  })

  it.each([
    ['GET', '/v1'],
    ['GET', '/v1/'],
    ['GET', '/x'],
    ['DELETE', '/v1/a'],
    ['GET', '/v1/a/c/d'],
    ['GET', `/x${'/y'.repeat(40)}`],
  ])('finds nothing for %s %s', (method, path) => {
    expect(tree.find(method, path)).toBeUndefined()
  })
})
