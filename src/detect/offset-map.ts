/** Where each decoded UTF-16 unit stands in the stored text. */
export class OffsetMap {
  /**
   * @param starts stored offset of each unit; one more entry marks the end of the last.
   * @param ends given where units do not follow each other without a gap.
   */
  constructor(
    readonly starts: Int32Array,
    readonly ends?: Int32Array,
  ) {}

  /** Stored offset at which the decoded unit at `offset` begins. */
  start(offset: number): number {
    return this.starts[offset]!
  }

  /** Stored offset just behind the decoded unit before `offset`. */
  end(offset: number): number {
    return this.ends === undefined ? this.starts[offset]! : this.ends[offset - 1]!
  }

  /** Offset of the decoded unit that stands at, or around, a stored offset. */
  unitAt(stored: number): number {
    let low = 0
    let high = this.starts.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (this.starts[middle]! <= stored) low = middle
      else high = middle
    }
    return low
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true })
/** Reused between calls, which never overlap; grown when needed and never beyond what is worth keeping. */
let scratch = new Uint16Array(16_384)
const MAX_SCRATCH = 1_048_576

/** Collects decoded units, and where they stand only when asked to: most decoded text holds nothing. */
export class MappedText {
  readonly #units: Uint16Array
  readonly #starts: Int32Array | undefined
  #length = 0
  #bits = 0

  /** @param maxLength a decoded text is never longer than the stored one. */
  constructor(maxLength: number, located: boolean) {
    if (maxLength > scratch.length && maxLength <= MAX_SCRATCH) scratch = new Uint16Array(maxLength)
    this.#units = maxLength <= scratch.length ? scratch : new Uint16Array(maxLength)
    this.#starts = located ? new Int32Array(maxLength + 1) : undefined
  }

  push(unit: number, storedStart: number): void {
    if (this.#starts !== undefined) this.#starts[this.#length] = storedStart
    this.#bits |= unit
    this.#units[this.#length++] = unit
  }

  get length(): number {
    return this.#length
  }

  /** ASCII goes through the UTF-8 decoder: it is the faster one and gives a one-byte string. */
  text(): string {
    const units = this.#units.subarray(0, this.#length)
    if (this.#bits < 0x80) return utf8.decode(new Uint8Array(units))
    return utf16.decode(units)
  }

  map(storedEnd: number): OffsetMap {
    const starts = this.#starts ?? new Int32Array(1)
    starts[this.#length] = storedEnd
    return new OffsetMap(starts.subarray(0, this.#length + 1))
  }
}
