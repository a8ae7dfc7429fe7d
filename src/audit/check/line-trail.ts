import type { TextChunk, TextForm } from './text-form.js'

export interface Position {
  /** From 1; lines end at a line feed. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column1: number
  /** From the first byte of the content. */
  readonly byte: number
}

interface Mark {
  readonly offset: number
  readonly line: number
  readonly column: number
  readonly byte: number
  /** Of the text behind it. */
  readonly form: TextForm
}

/** How far apart positions are remembered: what has to be counted for one more of them. */
const STEP = 65_536

/** The last part of a text that streams by, to tell the lines of what is found in it a little later. */
export class LineTrail {
  readonly #keep: number
  #text = ''
  /** In order; the first stands at the beginning of `#text`. */
  #marks: Mark[]

  /** @param keep how much of the text stays, in UTF-16 units. */
  constructor(form: TextForm, keep: number) {
    this.#keep = keep
    this.#marks = [{ offset: 0, line: 1, column: 1, byte: 0, form }]
  }

  /** How much was pushed so far. */
  get length(): number {
    return this.#marks[0]!.offset + this.#text.length
  }

  push({ text, form }: TextChunk): void {
    if (form !== this.#marks.at(-1)!.form) {
      this.#marks.push({ ...this.#advance(this.#markBefore(this.length), this.length), form })
    }
    this.#text += text
    if (this.#text.length > this.#keep * 2) this.#drop(this.length - this.#keep)
  }

  /** What stands between two offsets, as far as it is kept. */
  slice(start: number, end: number): string {
    const { offset } = this.#marks[0]!
    return this.#text.slice(Math.max(0, start - offset), Math.max(0, end - offset))
  }

  /** Of an offset that is kept. */
  locate(offset: number): Position {
    const { line, column, byte } = this.#advance(this.#markBefore(offset), offset)
    return { line, column1: column, byte }
  }

  #drop(offset: number): void {
    const first = this.#markBefore(offset)
    this.#text = this.#text.slice(first.offset - this.#marks[0]!.offset)
    this.#marks = this.#marks.filter((mark) => mark.offset >= first.offset)
  }

  /** Marks grow on demand: most files hold nothing to locate. */
  #markBefore(offset: number): Mark {
    let last = this.#marks.at(-1)!
    while (offset - last.offset >= STEP) {
      last = this.#advance(last, this.#whole(last.offset + STEP))
      this.#marks.push(last)
    }
    if (last.offset <= offset) return last
    let low = 0
    for (let high = this.#marks.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1
      if (this.#marks[middle]!.offset <= offset) low = middle
      else high = middle - 1
    }
    return this.#marks[low]!
  }

  /** Never between the halves of a surrogate pair, whose bytes are counted together. */
  #whole(offset: number): number {
    const unit = this.slice(offset, offset + 1).charCodeAt(0)
    return unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset
  }

  #advance(from: Mark, offset: number): Mark {
    const text = this.slice(from.offset, offset)
    let { line, column } = from
    let lineStart = -1
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      line++
      lineStart = at
    }
    // A byte order mark is no character of its line.
    const hidden = from.offset === 0 && text.charCodeAt(0) === 0xfeff && lineStart < 0 ? 1 : 0
    column = lineStart < 0 ? column + text.length - hidden : text.length - lineStart
    return { offset, line, column, byte: from.byte + from.form.bytesOf(text), form: from.form }
  }
}
