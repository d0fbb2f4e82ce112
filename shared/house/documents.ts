// Both documents are made once per worker, at the first request.
import type { UseCase } from '../kernel/endpoint.ts'
import { accept } from '../kernel/result.ts'
import type { docs, openapi } from './contract.ts'
import { docsPageOf, docsSecurityPolicy } from './docs-page.ts'
import { type Documented, openApiOf } from './openapi.ts'

export const showSpecification =
  (endpoints: readonly Documented[]) =>
  ({ publicOrigin }: { readonly publicOrigin: string }): UseCase<typeof openapi> => {
    const body = JSON.stringify(openApiOf(endpoints, publicOrigin))
    return async () => accept({ status: 200, body })
  }

export const showDocs = (endpoints: readonly Documented[]) => (): UseCase<typeof docs> => {
  const body = docsPageOf(endpoints)
  return async () => accept({ status: 200, body, headers: { 'content-security-policy': docsSecurityPolicy } })
}
