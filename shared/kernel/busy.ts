/** What a port throws when the other side had no room until the time budget was spent: the caller is told to come back. */
export class Busy extends Error {
  override readonly name = 'Busy'
}
