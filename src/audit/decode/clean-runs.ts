/** What a list has in common with the one before: whole objects, without a comma behind the last one. */
export interface Common {
  readonly bytes: number
  readonly count: number
}

/** Objects of a list that stand one behind the other, the first of them behind what it has in common. */
export interface Further {
  readonly common: Common
  /** Where each begins, in bytes, and where the last of them ends. */
  readonly starts: readonly number[]
  readonly end: number
}

const MAX_BYTES = 4 << 20
const MIN_ROOM = 4_096
/** Of rooms that are kept to be used again: how large one may be, and how many of one size there may be. */
const MAX_KEPT_ROOM = 1 << 18
const MAX_KEPT = 8
const NONE: Common = { bytes: 0, count: 0 }

/** By thread, how the last list of messages began in which nothing was found: the next one mostly begins so, too. */
export class CleanRuns {
  readonly #runs = new Map<string, Run>()
  readonly #rooms = new Rooms()
  #bytes = 0

  /** @param lastAt where the last object of the list begins, should it be shorter than the last list. */
  common(key: string, list: Uint8Array, lastAt: () => number): Common {
    return this.#runs.get(key)?.common(list, lastAt) ?? NONE
  }

  /** @param further nothing was found in these either. */
  add(key: string, list: Uint8Array, further: Further): void {
    const known = this.#runs.get(key)
    const isLonger = known?.length === further.common.bytes
    const run = known === undefined || isLonger ? (known ?? new Run()) : known.start(further.common)
    const before = run.room.length
    if (further.end > before) run.move(this.#rooms.exchange(run.room, further.end))
    run.extend(list, further)
    this.#bytes += run.room.length - before
    this.#runs.delete(key)
    this.#runs.set(key, run)
    this.#shrinkTo(MAX_BYTES)
  }

  clear(): void {
    this.#shrinkTo(-1)
  }

  #shrinkTo(bytes: number): void {
    for (const [oldest, { room }] of this.#runs) {
      if (this.#bytes <= bytes) return
      this.#runs.delete(oldest)
      this.#bytes -= room.length
      this.#rooms.keep(room)
    }
  }
}

/** The serialized objects at the beginning of a list, with the commas between them; a copy, since rows are to be forgotten. */
class Run {
  #room: Buffer = Buffer.alloc(0)
  #length = 0
  #starts: number[] = []

  get room(): Buffer {
    return this.#room
  }

  get length(): number {
    return this.#length
  }

  common(list: Uint8Array, lastAt: () => number): Common {
    if (this.#isSame(list, this.#length)) return { bytes: this.#length, count: this.#starts.length }
    const last = this.#starts.indexOf(lastAt())
    if (last < 0) return NONE
    const end = this.#endOf(last)
    if (this.#isSame(list, end)) return { bytes: end, count: last + 1 }
    const before = last === 0 ? 0 : this.#endOf(last - 1)
    return before > 0 && this.#isSame(list, before) ? { bytes: before, count: last } : NONE
  }

  /** Forgets all but its beginning. */
  start({ bytes, count }: Common): this {
    this.#length = bytes
    this.#starts.length = count
    return this
  }

  /** @param room larger, with the same in it. */
  move(room: Buffer): void {
    this.#room = room
  }

  extend(list: Uint8Array, { starts, end }: Further): void {
    this.#room.set(list.subarray(this.#length, end), this.#length)
    this.#length = end
    for (const start of starts) this.#starts.push(start)
  }

  /** Behind the object of that number; a comma follows all but the last one. */
  #endOf(index: number): number {
    return index + 1 < this.#starts.length ? this.#starts[index + 1]! - 1 : this.#length
  }

  #isSame(list: Uint8Array, length: number): boolean {
    if (list.length < length) return false
    return Buffer.compare(this.#room.subarray(0, length), list.subarray(0, length)) === 0
  }
}

/** Bytes for runs, in powers of two. Those that are given back are used again: garbage outside of the heap is collected late. */
class Rooms {
  readonly #kept = new Map<number, Buffer[]>()

  /** @returns a room of at least that size with the same bytes in it. */
  exchange(room: Buffer, size: number): Buffer {
    const rounded = Math.max(MIN_ROOM, 2 ** Math.ceil(Math.log2(size)))
    const larger = this.#kept.get(rounded)?.pop() ?? Buffer.allocUnsafeSlow(rounded)
    larger.set(room)
    this.keep(room)
    return larger
  }

  keep(room: Buffer): void {
    if (room.length === 0 || room.length > MAX_KEPT_ROOM) return
    const kept = this.#kept.get(room.length) ?? []
    this.#kept.set(room.length, kept)
    if (kept.length < MAX_KEPT) kept.push(room)
  }
}
