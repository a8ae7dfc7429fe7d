/** The serialized objects at the beginning of a list, one behind the other, with the commas between them. */
export interface Run {
  readonly bytes: Uint8Array
  /** Where each begins. */
  readonly starts: readonly number[]
}

/** What a list has in common with a run: whole objects, without a comma behind the last one. */
export interface Common {
  readonly bytes: number
  readonly count: number
}

const MAX_BYTES = 8 << 20
const NONE: Common = { bytes: 0, count: 0 }

/** By thread, how the last list of messages began in which nothing was found: the next one mostly begins so, too. */
export class CleanRuns {
  readonly #runs = new Map<string, Run>()
  #bytes = 0

  /** @param lastAt where the last object of the list begins, should it be shorter than the last list. */
  common(key: string, list: Uint8Array, lastAt: () => number): Common {
    const known = this.#runs.get(key)
    if (known === undefined) return NONE
    if (isSame(known, list, known.bytes.length)) return { bytes: known.bytes.length, count: known.starts.length }
    const last = known.starts.indexOf(lastAt())
    if (last < 0) return NONE
    const end = endOf(known, last)
    if (isSame(known, list, end)) return { bytes: end, count: last + 1 }
    const before = last === 0 ? 0 : endOf(known, last - 1)
    return before > 0 && isSame(known, list, before) ? { bytes: before, count: last } : NONE
  }

  /** The starts of what is known, for a run that begins with it. */
  startsOf(key: string, count: number): readonly number[] {
    const starts = this.#runs.get(key)?.starts ?? []
    return starts.length === count ? starts : starts.slice(0, count)
  }

  set(key: string, run: Run): void {
    this.#bytes += run.bytes.length - (this.#runs.get(key)?.bytes.length ?? 0)
    this.#runs.delete(key)
    this.#runs.set(key, run)
    for (const [oldest, { bytes }] of this.#runs) {
      if (this.#bytes <= MAX_BYTES) return
      this.#runs.delete(oldest)
      this.#bytes -= bytes.length
    }
  }
}

/** Behind the object of that number; a comma follows all but the last one. */
function endOf({ bytes, starts }: Run, index: number): number {
  return index + 1 < starts.length ? starts[index + 1]! - 1 : bytes.length
}

function isSame({ bytes }: Run, list: Uint8Array, length: number): boolean {
  return list.length >= length && Buffer.compare(bytes.subarray(0, length), list.subarray(0, length)) === 0
}
