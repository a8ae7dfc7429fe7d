/** Maps offsets in a decoded text back to the stored text; holds one entry per escape, and text between them is 1:1. */
export class OffsetMap {
  readonly #decodedStart: number[] = []
  readonly #decodedEnd: number[] = []
  readonly #storedStart: number[] = []
  readonly #storedEnd: number[] = []

  constructor(readonly base: number) {}

  add(decodedStart: number, decodedEnd: number, storedStart: number, storedEnd: number): void {
    this.#decodedStart.push(decodedStart)
    this.#decodedEnd.push(decodedEnd)
    this.#storedStart.push(storedStart)
    this.#storedEnd.push(storedEnd)
  }

  /** Stored offset at which the decoded character at `offset` begins. */
  start(offset: number): number {
    const at = this.#find(offset)
    if (at < 0) return this.base + offset
    if (offset < this.#decodedEnd[at]!) return this.#storedStart[at]!
    return this.#storedEnd[at]! + offset - this.#decodedEnd[at]!
  }

  /** Stored offset just behind the decoded character before `offset`. */
  end(offset: number): number {
    const at = this.#find(offset - 1)
    if (at < 0) return this.base + offset
    if (offset - 1 < this.#decodedEnd[at]!) return this.#storedEnd[at]!
    return this.#storedEnd[at]! + offset - this.#decodedEnd[at]!
  }

  #find(offset: number): number {
    let low = 0
    let high = this.#decodedStart.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#decodedStart[middle]! <= offset) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
