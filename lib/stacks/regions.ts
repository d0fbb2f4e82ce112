/** Where CloudFront keeps what belongs to it: web ACL, certificate, distribution, access logs. */
export const CDN_REGION = 'us-east-1'
