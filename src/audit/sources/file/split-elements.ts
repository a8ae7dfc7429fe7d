/** An element of a JSON list, as it stands, or a piece of one that is too long to be held. */
export interface Element {
  readonly bytes: Uint8Array
  readonly offset: number
  /** On which it begins, from 1. */
  readonly line: number
  readonly isPiece: boolean
  readonly isEnd: boolean
}

const [QUOTE, BACKSLASH, COMMA, NEWLINE] = [34, 92, 44, 10]
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])

/**
 * The elements of the outermost list, in bounded memory, without parsing them: brackets are counted and strings passed over.
 * What is no list any more (text behind it, a bracket too many) comes as one last element, which will not parse.
 */
export async function* splitElements(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Element> {
  const splitter = new Splitter(maxBytes)
  for await (const chunk of chunks) yield* splitter.push(chunk)
  yield* splitter.end()
}

class Splitter {
  readonly #maxBytes: number
  #depth = 0
  #inString = false
  #escaped = false
  #pieces: Uint8Array[] = []
  #bytes = 0
  #offset = 0
  #line = 1
  #elementOffset = 0
  #elementLine = 1
  #isLong = false

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  *push(chunk: Uint8Array): Generator<Element> {
    let from = 0
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!
      if (byte === NEWLINE) this.#line++
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (byte === BACKSLASH) this.#escaped = true
        else if (byte === QUOTE) this.#inString = false
        continue
      }
      if (byte === QUOTE) this.#inString = true
      else if (OPENING.has(byte)) {
        if (this.#depth++ === 0) from = this.#begin(i + 1)
      } else if (CLOSING.has(byte)) {
        if (--this.#depth > 0) continue
        yield* this.#take(chunk, from, i)
        from = this.#begin(i + 1)
      } else if (byte === COMMA && this.#depth === 1) {
        yield* this.#take(chunk, from, i)
        from = this.#begin(i + 1)
      }
    }
    this.#keep(chunk.subarray(from))
    if (this.#bytes > this.#maxBytes || (this.#isLong && this.#bytes > 0)) {
      this.#isLong = true
      yield this.#element(false)
    }
    this.#offset += chunk.length
  }

  *end(): Generator<Element> {
    if (this.#bytes > 0 || this.#isLong) yield* this.#emit()
  }

  /** @returns where in the chunk the next element begins. */
  #begin(at: number): number {
    this.#elementOffset = this.#offset + at
    this.#elementLine = this.#line
    return at
  }

  *#take(chunk: Uint8Array, from: number, to: number): Generator<Element> {
    this.#keep(chunk.subarray(from, to))
    yield* this.#emit()
  }

  *#emit(): Generator<Element> {
    const element = this.#element(true)
    this.#isLong = false
    if (element.isPiece || !isBlank(element.bytes)) yield element
  }

  #element(isEnd: boolean): Element {
    const bytes = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces)
    const element = { bytes, offset: this.#elementOffset, line: this.#elementLine, isPiece: this.#isLong, isEnd }
    this.#elementOffset += bytes.length
    this.#pieces = []
    this.#bytes = 0
    return element
  }

  #keep(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#pieces.push(bytes)
    this.#bytes += bytes.length
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte <= 32)
}
