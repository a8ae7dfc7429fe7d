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
}

/** `String.fromCharCode` takes its units as arguments, of which a stack frame holds a limited number. */
const CHUNK = 4096

/** Collects decoded units with their stored offsets; a decoded text is never longer than the stored one. */
export class MappedText {
  readonly #units: Uint16Array
  readonly #starts: Int32Array
  #length = 0

  constructor(maxLength: number) {
    this.#units = new Uint16Array(maxLength)
    this.#starts = new Int32Array(maxLength + 1)
  }

  push(unit: number, storedStart: number): void {
    this.#units[this.#length] = unit
    this.#starts[this.#length++] = storedStart
  }

  finish(storedEnd: number): { readonly text: string; readonly map: OffsetMap } {
    this.#starts[this.#length] = storedEnd
    let text = ''
    for (let at = 0; at < this.#length; at += CHUNK) {
      text += String.fromCharCode(...this.#units.subarray(at, Math.min(at + CHUNK, this.#length)))
    }
    return { text, map: new OffsetMap(this.#starts) }
  }
}
