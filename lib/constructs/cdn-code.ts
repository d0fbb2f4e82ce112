// The two small pieces of code that run inside CloudFront. Its functions know a JavaScript of their own, so they are
// written here as text and tested by evaluating them.
import { CfnFunction } from 'aws-cdk-lib/aws-cloudfront'
import type { Construct } from 'constructs'
import type { House } from '../house.ts'
import { pascal } from '../names.ts'

/**
 * Browsers send hundreds of language lists; the city speaks two. One word each keeps one answer each in the cache. Weighed
 * as the edge does (shared/edge/language.ts), so that a list gets the same language with and without the CDN: a test compares.
 */
export const NAME_LANGUAGE = `function weightOf(ranges, language) {
  var best = 0
  for (var index = 0; index < ranges.length; index++) {
    var range = ranges[index].trim()
    var next = range.charAt(2)
    if (range.slice(0, 2) !== language || (next !== '' && next !== '-' && next !== ';')) continue
    var given = /;\\s*q=([0-9.]+)/.exec(range)
    var weight = given ? Number(given[1]) : 1
    if (weight > best) best = weight
  }
  return best
}
function handler(event) {
  var request = event.request
  var asked = request.headers['accept-language']
  var ranges = asked ? asked.value.toLowerCase().split(',', 20) : []
  var isEnglish = weightOf(ranges, 'en') > weightOf(ranges, 'zh')
  request.headers['accept-language'] = { value: isEnglish ? 'en' : 'zh-TW' }
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
