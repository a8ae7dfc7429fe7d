const utf8 = new TextDecoder('utf-8', { fatal: true })

/** What is left of a list, as bytes and as text. */
export class ListTail {
  readonly text: string
  readonly #isAscii: boolean
  /** Of the last offset that was asked for. */
  #last = { text: 0, byte: 0 }

  /** @throws TypeError for bytes that are not UTF-8. */
  constructor(readonly bytes: Uint8Array) {
    this.text = utf8.decode(bytes)
    this.#isAscii = bytes.length === this.text.length
  }

  /** @param at in the text; each time further on. */
  byteAt(at: number): number {
    if (this.#isAscii) return at
    const { text, byte } = this.#last
    this.#last = { text: at, byte: byte + Buffer.byteLength(this.text.slice(text, at)) }
    return this.#last.byte
  }

  /** Of the text between two bytes. */
  lengthOf(start: number, end: number): number {
    return this.#isAscii ? end - start : utf8.decode(this.bytes.subarray(start, end)).length
  }
}
