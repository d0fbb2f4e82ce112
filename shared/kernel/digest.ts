// SHA-256 in one shot: the fastest form of it in Node. For public values only; people are hashed under keys.
import { hash } from 'node:crypto'

export const sha256 = (text: string): string => hash('sha256', text, 'base64url')
export const sha256Bytes = (text: string): Buffer => hash('sha256', text, 'buffer')
