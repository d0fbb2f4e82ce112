// What Ref and Fn::GetAtt answer for each resource. Only what functions and the stage itself look at is shaped as in the cloud;
// for everything else a readable stand-in is enough, because nothing acts on it.
import type { Setting, Site } from './site.ts'

type Name = (site: Site) => string

const textProperty =
  (property: string, otherwise: Name): Name =>
  (site) => {
    const value = site.property(property)
    return typeof value === 'string' ? value : otherwise(site)
  }

const lowerCase: Name = (site) =>
  `${site.resource.stack}-${site.name}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, '-')
    .slice(0, 63)
const plain: Name = (site) => site.name

interface Shape {
  readonly name: Name
  readonly arn: (name: string, where: string) => string
  readonly ref: 'name' | 'arn' | 'queue-url'
}

const shapes: Readonly<Record<string, Shape>> = {
  'AWS::DynamoDB::Table': {
    name: textProperty('TableName', plain),
    arn: (name, where) => `arn:aws:dynamodb:${where}:table/${name}`,
    ref: 'name',
  },
  'AWS::DynamoDB::GlobalTable': {
    name: textProperty('TableName', plain),
    arn: (name, where) => `arn:aws:dynamodb:${where}:table/${name}`,
    ref: 'name',
  },
  'AWS::SQS::Queue': {
    name: textProperty('QueueName', plain),
    arn: (name, where) => `arn:aws:sqs:${where}:${name}`,
    ref: 'queue-url',
  },
  'AWS::S3::Bucket': {
    name: textProperty('BucketName', lowerCase),
    arn: (name) => `arn:aws:s3:::${name}`,
    ref: 'name',
  },
  'AWS::Lambda::Function': {
    name: textProperty('FunctionName', plain),
    arn: (name, where) => `arn:aws:lambda:${where}:function:${name}`,
    ref: 'name',
  },
  'AWS::KMS::Key': { name: plain, arn: (name, where) => `arn:aws:kms:${where}:key/${name}`, ref: 'name' },
  'AWS::KMS::Alias': {
    name: textProperty('AliasName', plain),
    arn: (name, where) => `arn:aws:kms:${where}:${name}`,
    ref: 'name',
  },
  'AWS::SecretsManager::Secret': {
    name: textProperty('Name', plain),
    arn: (name, where) => `arn:aws:secretsmanager:${where}:secret:${name}-local0`,
    ref: 'arn',
  },
  'AWS::IAM::Role': {
    name: textProperty('RoleName', plain),
    arn: (name, where) => `arn:aws:iam::${where.split(':')[1]}:role/${name}`,
    ref: 'name',
  },
  'AWS::SNS::Topic': {
    name: textProperty('TopicName', plain),
    arn: (name, where) => `arn:aws:sns:${where}:${name}`,
    ref: 'arn',
  },
}

const standIn: Shape = { name: plain, arn: (name, where) => `arn:aws:local:${where}:${name}`, ref: 'name' }
const shapeOf = (site: Site): Shape => shapes[site.resource.type] ?? standIn
const where = (setting: Setting): string => `${setting.region}:${setting.account}`

const nameOf = (site: Site): string => shapeOf(site).name(site)
const arn = (site: Site, setting: Setting): string => shapeOf(site).arn(nameOf(site), where(setting))

const queueUrl = (site: Site, setting: Setting): string => `${setting.queueEndpoint}/${setting.account}/${nameOf(site)}`

const ref = (site: Site, setting: Setting): string => {
  // A version or an alias of a function stands for the function.
  if (site.resource.type === 'AWS::Lambda::Version' || site.resource.type === 'AWS::Lambda::Alias') {
    return String(site.property('FunctionName'))
  }
  switch (shapeOf(site).ref) {
    case 'arn':
      return arn(site, setting)
    case 'queue-url':
      return queueUrl(site, setting)
    case 'name':
      return nameOf(site)
  }
}

const attribute = (site: Site, name: string, setting: Setting): string => {
  if (name.toLowerCase().endsWith('arn')) return arn(site, setting)
  if (name === 'QueueUrl') return queueUrl(site, setting)
  if (name === 'QueueName' || name === 'KeyId' || name === 'ApiId' || name === 'Id') return nameOf(site)
  if (name === 'RootResourceId') return `${nameOf(site)}/root`
  return `${nameOf(site)}.${name}`
}

export const addresses = { ref, arn, attribute, nameOf }
