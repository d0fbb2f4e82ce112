// The two small pieces of code that run inside CloudFront. Its functions know a JavaScript of their own, so they are
// written here as text and tested by evaluating them.
import { CfnFunction } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import { pascal } from '../names.ts'

/** Browsers send hundreds of language lists; the city speaks two. One word each keeps one answer each in the cache. */
export const NAME_LANGUAGE = `function handler(event) {
  var request = event.request
  var asked = request.headers['accept-language']
  var known = asked && /(?:^|[\\s,])(zh|en)\\b/i.exec(asked.value)
  request.headers['accept-language'] = { value: known && known[1].toLowerCase() === 'en' ? 'en' : 'zh-TW' }
  return request
}`

/** `/open-books/a/b` is the document `a/b` of the bucket open-books. */
export const DROP_FIRST_SEGMENT = `function handler(event) {
  var request = event.request
  request.uri = request.uri.replace(/^\\/[^/]+/, '') || '/'
  return request
}`

export const cdnFunction = (scope: Construct, house: House, name: string, code: string): CfnFunction =>
  new CfnFunction(scope, pascal(name), {
    name: house.names.plain(name),
    autoPublish: true,
    functionCode: code,
    functionConfig: { comment: name, runtime: 'cloudfront-js-2.0' },
  })
