import { describe, expect, it } from 'vitest'
import { NO_VALUE, resolve, type World } from '../../local/template/intrinsics.ts'

const world: World = {
  ref: (id) => (id === 'AWS::NoValue' ? NO_VALUE : `ref-${id}`),
  attribute: (id, name) => `${id}/${name}`,
  imported: (name) => `imported ${name}`,
  condition: (name) => name === 'IsLocal',
  mapping: (map, key, second) => [map, key, second].join(),
}
const read = (value: unknown) => resolve(value, world)

describe('intrinsic functions of a template', () => {
  it.each([
    [{ Ref: 'Queue' }, 'ref-Queue'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table/Arn'],
    [{ 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table/Stream.Arn'],
    [{ 'Fn::Join': ['', ['arn:', { Ref: 'A' }, ':', { 'Fn::GetAtt': ['B', 'Id'] }]] }, 'arn:ref-A:B/Id'],
    [{ 'Fn::Sub': 'a ${A} ${B.Arn} ${!Literal}' }, 'a ref-A B/Arn ${Literal}'],
    [{ 'Fn::Sub': ['${x}-${A}', { x: { Ref: 'X' } }] }, 'ref-X-ref-A'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [{ 'Fn::ImportValue': { 'Fn::Sub': 'data:${A}' } }, 'imported data:ref-A'],
    [{ 'Fn::If': ['IsLocal', 'here', 'there'] }, 'here'],
    [{ 'Fn::If': ['Else', 'here', 'there'] }, 'there'],
    [{ 'Fn::FindInMap': ['Map', 'Key', 'Second'] }, 'Map,Key,Second'],
    [{ 'Fn::Equals': [{ Ref: 'A' }, 'ref-A'] }, true],
    [{ 'Fn::Not': [{ 'Fn::Equals': ['a', 'a'] }] }, false],
    [{ 'Fn::Base64': 'abc' }, 'YWJj'],
  ])('reads %j as %j', (value, expected) => {
    expect(read(value)).toEqual(expected)
  })

  it('leaves out what is no value, in lists and in fields', () => {
    expect(read({ kept: 1, gone: { Ref: 'AWS::NoValue' }, list: [1, { Ref: 'AWS::NoValue' }] })).toEqual({
      kept: 1,
      list: [1],
    })
  })

  it('leaves fields alone that only look like a call', () => {
    expect(read({ Ref: 'Queue', and: 'more' })).toEqual({ Ref: 'Queue', and: 'more' })
  })

  it('refuses a function it does not know by its name', () => {
    expect(() => read({ 'Fn::Transform': {} })).toThrow('Fn::Transform')
  })

  it('ends in a template without end', () => {
    const endless = Array.from({ length: 100 }).reduce<unknown>((inner) => ({ 'Fn::Not': [inner] }), true)
    expect(() => read(endless)).toThrow('without end')
  })
})
