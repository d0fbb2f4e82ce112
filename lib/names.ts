// Physical names are computed, not looked up: a stack may name what another holds without importing it,
// so that no stack is locked by another's exports, and an operator finds a thing by its name.
import { Aws } from 'aws-cdk-lib'
import type { StageName } from './settings/shape.ts'

const MAX_FUNCTION_NAME_LENGTH = 64

export interface Names {
  readonly table: (name: string) => string
  readonly queue: (name: string) => string
  readonly deadLetters: (name: string) => string
  readonly bucket: (name: string) => string
  readonly fn: (capability: string, name: string) => string
  readonly rule: (name: string) => string
  readonly logs: (path: string) => string
  readonly alias: (name: string) => string
  readonly secret: (name: string) => string
  readonly plain: (name: string) => string
}

export const namesOf = (stage: StageName): Names => {
  const plain = (name: string) => `tongquan-${stage}-${name}`
  return {
    plain,
    table: plain,
    queue: plain,
    rule: plain,
    deadLetters: (name) => plain(`${name}-dead-letters`),
    // Bucket names are shared by the whole world, so the account is part of them.
    bucket: (name) => `${plain(name)}-${Aws.ACCOUNT_ID}`,
    fn: (capability, name) => atMost(MAX_FUNCTION_NAME_LENGTH, plain(`${capability}-${name}`)),
    logs: (path) => `/tongquan/${stage}/${path}`,
    alias: (name) => `alias/${plain(name)}`,
    secret: (name) => `tongquan/${stage}/${name}`,
  }
}

const atMost = (limit: number, name: string): string => {
  if (name.length > limit)
    throw new Error(`the name ${name} is longer than ${limit} characters; shorten the declaration's`)
  return name
}

/** `registrations-odd` and `myRegistration` as a construct's id: `RegistrationsOdd`, `MyRegistration`. */
export const pascal = (name: string): string =>
  name.replace(/(^|-)([a-z0-9])/g, (_, _dash: string, letter: string) => letter.toUpperCase())
