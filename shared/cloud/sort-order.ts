// DynamoDB orders strings by their UTF-8 bytes. JavaScript orders them by UTF-16 units, which puts characters beyond the
// basic plane (rare hanzi in names) elsewhere.
export const compareBytes = (left: string, right: string): number =>
  left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right))
