// How each service refuses a caller without a grant.
import type { Service } from './calls-of.ts'

export const denial = (service: Service, caller: string, action: string, resource: string) => {
  const message = `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`
  if (service === 's3') {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`
    return { status: 403, type: 'application/xml', body }
  }
  const type = service === 'sqs' ? 'com.amazonaws.sqs#AccessDenied' : 'com.amazon.coral.service#AccessDeniedException'
  return {
    status: service === 'sqs' ? 403 : 400,
    type: 'application/x-amz-json-1.0',
    body: JSON.stringify({ __type: type, message, Message: message }),
  }
}
