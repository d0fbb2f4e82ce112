// The framing that the SDK puts around a streamed body: `<size in hex>[;chunk-signature=…]\r\n<bytes>\r\n`, ended by a chunk of size 0.
const LINE_END = Buffer.from('\r\n')
const MAX_CHUNKS = 1_000_000

export const decodeAwsChunks = (framed: Buffer): Buffer => {
  const parts: Buffer[] = []
  let at = 0
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk += 1) {
    const end = framed.indexOf(LINE_END, at)
    if (end < 0) break
    const size = Number.parseInt(framed.subarray(at, end).toString('latin1'), 16)
    if (!(size > 0)) break
    const start = end + LINE_END.length
    parts.push(framed.subarray(start, start + size))
    at = start + size + LINE_END.length
  }
  return Buffer.concat(parts)
}
