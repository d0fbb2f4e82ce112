// The environment that adapters read (shared/cloud): set for exactly what a declaration names, and nothing else.
import { Aws } from 'aws-cdk-lib'
import type { Powers } from '../shared/kernel/queue.ts'
import { environmentNameOf, recordVerbs } from '../shared/kernel/table.ts'
import type { House } from './house.ts'
import type { Keys } from './keys.ts'

type Environment = Record<string, string>

const screaming = (name: string) => name.toUpperCase().replaceAll('-', '_')

export const urlOfQueue = (house: House, name: string): string =>
  `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/${house.names.queue(name)}`

const vaultEnvironment = (keys: Keys, vault: Powers['vault'] = {}): Environment => ({
  ...(vault.newSealedKey?.length || vault.unseal?.length ? { SEAL_KEY_ARN: keys.seal.keyArn } : {}),
  ...Object.fromEntries(
    (vault.sign ?? []).map((name) => [`SIGNING_KEY_${screaming(name)}_ARN`, keys.signing[name].keyArn]),
  ),
  ...Object.fromEntries(
    (vault.hash ?? []).map((name) => [`HASHING_SECRET_${screaming(name)}_ARN`, keys.hashing[name].secretArn]),
  ),
})

export const environmentOf = (house: House, keys: Keys, powers: Powers): Environment => ({
  STAGE: house.settings.stage,
  ...Object.fromEntries(
    recordVerbs
      .flatMap((verb) => powers.records?.[verb] ?? [])
      .map((table) => [environmentNameOf('TABLE', table.name), house.names.table(table.name)]),
  ),
  ...Object.fromEntries(
    (powers.sends ?? []).map((queue) => [environmentNameOf('QUEUE', queue.name), urlOfQueue(house, queue.name)]),
  ),
  ...Object.fromEntries(
    [...(powers.blobs?.put ?? []), ...(powers.blobs?.get ?? [])].map((bucket) => [
      environmentNameOf('BUCKET', bucket.name),
      house.names.bucket(bucket.name),
    ]),
  ),
  ...vaultEnvironment(keys, powers.vault),
})
