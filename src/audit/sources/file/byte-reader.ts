/** The content ended, or is not what it seemed. */
export class ShortContent extends Error {}

/** Reads exact numbers of bytes from chunks. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  #pending: Uint8Array = new Uint8Array(0)

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** @throws ShortContent */
  async read(length: number): Promise<Uint8Array> {
    if (this.#pending.length >= length) return this.#take(length)
    const parts = [this.#pending]
    for (let bytes = this.#pending.length; bytes < length; ) {
      const { value, done } = await this.#chunks.next()
      if (done) throw new ShortContent()
      parts.push(value)
      bytes += value.length
    }
    this.#pending = Buffer.concat(parts)
    return this.#take(length)
  }

  /** Whatever is left, in chunks. */
  async *rest(): AsyncGenerator<Uint8Array> {
    if (this.#pending.length > 0) yield this.#pending
    this.#pending = new Uint8Array(0)
    for (;;) {
      const { value, done } = await this.#chunks.next()
      if (done) return
      yield value
    }
  }

  #take(length: number): Uint8Array {
    const taken = this.#pending.subarray(0, length)
    this.#pending = this.#pending.subarray(length)
    return taken
  }
}
