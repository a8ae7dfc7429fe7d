/** One line of a content, without its line break, or a piece of one that is too long to be held. */
export interface Line {
  readonly bytes: Uint8Array
  /** From 1. */
  readonly number: number
  /** Of its first byte in the whole content. */
  readonly offset: number
  /** True for the pieces of a line that is longer than the limit; `isEnd` marks its last one. */
  readonly isPiece: boolean
  readonly isEnd: boolean
}

const NEWLINE = 10

/** Lines in bounded memory: one that is longer than `maxBytes` comes in pieces. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Line> {
  let pending: Uint8Array[] = []
  let pendingBytes = 0
  let number = 1
  let offset = 0
  let isLong = false
  const take = (isEnd: boolean): Line => {
    const bytes = pending.length === 1 ? pending[0]! : Buffer.concat(pending)
    const line = { bytes, number, offset, isPiece: isLong, isEnd }
    offset += pendingBytes + (isEnd ? 1 : 0)
    pending = []
    pendingBytes = 0
    if (isEnd) number++
    return line
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      pending.push(chunk.subarray(from, at))
      pendingBytes += at - from
      yield take(true)
      isLong = false
      from = at + 1
    }
    if (from >= chunk.length) continue
    pending.push(chunk.subarray(from))
    pendingBytes += chunk.length - from
    if (pendingBytes <= maxBytes && !isLong) continue
    isLong = true
    yield take(false)
  }
  if (pendingBytes > 0 || isLong) yield take(true)
}
