// Where documents are kept. A write-once document is never replaced: the first writer wins and the rest are told so.
export interface Bucket {
  readonly name: string
  readonly holds: string
  /** Served by the CDN under `/<name>/`. */
  readonly isPublic: boolean
}

export const bucket = (declaration: Bucket): Bucket => declaration

export interface Document {
  readonly contentType: string
  readonly body: string
}

export interface Blobs {
  /** Stops a document from being replaced: answers false, and changes nothing, when the path is taken. */
  putOnce(bucket: Bucket, path: string, document: Document): Promise<boolean>
  get(bucket: Bucket, path: string): Promise<Document | undefined>
}

export type BlobGrants = { readonly put?: readonly Bucket[]; readonly get?: readonly Bucket[] }
