// Reads HTTP/1.1 replies from a socket that carries one after another: status, the length of the body, the body. A reply
// without a length is refused, since nothing that the bench talks to sends one. Lean on purpose: what the generator
// spends is taken from what it measures.

/** Our replies have about 1 KB of headers; whoever sends more is not who we measure. */
const MAX_HEAD_BYTES = 65_536
const HEAD_END = '\r\n\r\n'
const LENGTH = /\r\ncontent-length: *(\d+)/i

export type Heard = (status: number, body: Buffer) => void

export class UnreadableReply extends Error {
  override readonly name = 'UnreadableReply'
}

export const replyReader = (heard: Heard): ((chunk: Buffer) => void) => {
  let rest: Buffer | undefined
  return (chunk) => {
    let bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk])
    for (;;) {
      const end = replyEnd(bytes)
      if (end === undefined) break
      heard(end.status, bytes.subarray(end.bodyFrom, end.at))
      bytes = bytes.subarray(end.at)
    }
    rest = bytes.length === 0 ? undefined : bytes
  }
}

interface End {
  readonly status: number
  readonly bodyFrom: number
  readonly at: number
}

/** `undefined` while a part of the reply is still on its way. */
const replyEnd = (bytes: Buffer): End | undefined => {
  const headEnd = bytes.indexOf(HEAD_END)
  if (headEnd < 0) {
    if (bytes.length > MAX_HEAD_BYTES) throw new UnreadableReply('a reply whose head does not end')
    return undefined
  }
  const head = bytes.toString('latin1', 0, headEnd)
  const status = Number(head.slice(9, 12))
  if (!head.startsWith('HTTP/1.1 ') || !Number.isInteger(status)) throw new UnreadableReply('not an HTTP/1.1 reply')
  const bodyFrom = headEnd + HEAD_END.length
  const at = bodyFrom + lengthOf(head, status)
  return at <= bytes.length ? { status, bodyFrom, at } : undefined
}

const lengthOf = (head: string, status: number): number => {
  const length = LENGTH.exec(head)?.[1]
  if (length !== undefined) return Number(length)
  if (status === 204 || status === 304) return 0
  throw new UnreadableReply(`a reply ${status} without a length`)
}
