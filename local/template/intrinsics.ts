// CloudFormation's intrinsic functions. What a Ref or an attribute stands for is asked of `world`, which emulates the resource.
import { Sentence } from '../sentence.ts'
import { type Fields, isFields, listOf } from './json.ts'

/** Deep enough for every template the CDK makes, and an end for one that refers to itself. */
const MAX_DEPTH = 60

export interface World {
  /** A parameter, a pseudo parameter or a resource of this stack. */
  ref(id: string): unknown
  attribute(id: string, name: string): unknown
  imported(name: string): unknown
  condition(name: string): boolean
  mapping(map: string, key: string, second: string): unknown
}

/** `AWS::NoValue`: the property that holds it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue')

type Intrinsic = (argument: unknown, world: World, depth: number) => unknown

const text = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Sentence(`A text was expected in the template where ${JSON.stringify(value)} stands.`)
}

const pair = (value: unknown): readonly [unknown, unknown] => {
  const list = listOf(value)
  return [list[0], list[1]]
}

const getAttribute: Intrinsic = (argument, world, depth) => {
  const whole =
    typeof argument === 'string'
      ? argument
      : listOf(resolve(argument, world, depth))
          .map(text)
          .join('.')
  const dot = whole.indexOf('.')
  return world.attribute(whole.slice(0, dot), whole.slice(dot + 1))
}

const join: Intrinsic = (argument, world, depth) => {
  const [separator, parts] = pair(argument)
  return listOf(resolve(parts, world, depth))
    .map(text)
    .join(text(separator))
}

const substitute: Intrinsic = (argument, world, depth) => {
  const [pattern, given] = typeof argument === 'string' ? [argument, {}] : pair(argument)
  const values = resolve(given, world, depth)
  return text(pattern).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`
    if (isFields(values) && name in values) return text(values[name])
    return text(name.includes('.') ? getAttribute(name, world, depth) : world.ref(name))
  })
}

const select: Intrinsic = (argument, world, depth) => {
  const [index, list] = pair(argument)
  return listOf(resolve(list, world, depth))[Number(resolve(index, world, depth))]
}

const split: Intrinsic = (argument, world, depth) => {
  const [separator, whole] = pair(argument)
  return text(resolve(whole, world, depth)).split(text(separator))
}

const choose: Intrinsic = (argument, world, depth) => {
  const [name, yes, no] = listOf(argument)
  return resolve(world.condition(text(name)) ? yes : no, world, depth)
}

const findInMap: Intrinsic = (argument, world, depth) => {
  const [map, key, second] = listOf(resolve(argument, world, depth)).map(text)
  return world.mapping(map ?? '', key ?? '', second ?? '')
}

const table: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, world) => world.ref(text(argument)),
  Condition: (argument, world) => world.condition(text(argument)),
  'Fn::GetAtt': getAttribute,
  'Fn::Join': join,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (argument, world, depth) => world.imported(text(resolve(argument, world, depth))),
  'Fn::Base64': (argument, world, depth) => Buffer.from(text(resolve(argument, world, depth))).toString('base64'),
  'Fn::GetAZs': () => ['local-a', 'local-b'],
  'Fn::Equals': (argument, world, depth) => {
    const [left, right] = pair(resolve(argument, world, depth))
    return left === right
  },
  'Fn::Not': (argument, world, depth) => !listOf(resolve(argument, world, depth))[0],
  'Fn::And': (argument, world, depth) => listOf(resolve(argument, world, depth)).every(Boolean),
  'Fn::Or': (argument, world, depth) => listOf(resolve(argument, world, depth)).some(Boolean),
}

export const resolve = (value: unknown, world: World, depth = 0): unknown => {
  if (depth > MAX_DEPTH) throw new Sentence('The template refers to itself without end.')
  if (Array.isArray(value))
    return value.map((item) => resolve(item, world, depth + 1)).filter((item) => item !== NO_VALUE)
  if (!isFields(value)) return value
  const [name, ...others] = Object.keys(value)
  const isCall = name !== undefined && others.length === 0 && (name in table || name.startsWith('Fn::'))
  return isCall ? call(name, value[name], world, depth + 1) : resolveFields(value, world, depth + 1)
}

const call = (name: string, argument: unknown, world: World, depth: number): unknown => {
  const intrinsic = table[name]
  if (intrinsic === undefined) throw new Sentence(`The local stage does not know the intrinsic function ${name}.`)
  return intrinsic(argument, world, depth)
}

const resolveFields = (value: Fields, world: World, depth: number): Fields =>
  Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, resolve(inner, world, depth)] as const)
      .filter(([, inner]) => inner !== NO_VALUE),
  )
