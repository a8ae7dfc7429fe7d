/** The serialized objects at the beginning of a list, one behind the other, each with its comma. */
export interface Run {
  readonly bytes: Uint8Array
  /** How many there are, and where each begins. */
  readonly starts: readonly number[]
}

const MAX_BYTES = 12 << 20

/** By thread, how the last list of messages began in which nothing was found: the next one mostly begins so, too. */
export class CleanRuns {
  readonly #runs = new Map<string, Run>()
  #bytes = 0

  /** @returns how many bytes and objects of `list` are the same as before. */
  common(key: string, list: Uint8Array): { readonly bytes: number; readonly count: number } {
    const known = this.#runs.get(key)
    if (known === undefined) return { bytes: 0, count: 0 }
    const length = Math.min(known.bytes.length, list.length)
    if (Buffer.compare(known.bytes.subarray(0, length), list.subarray(0, length)) !== 0) return { bytes: 0, count: 0 }
    const count = length === known.bytes.length ? known.starts.length : known.starts.indexOf(length)
    return count < 0 ? { bytes: 0, count: 0 } : { bytes: length, count }
  }

  /** The starts of what is known, for a run that begins with it. */
  startsOf(key: string, count: number): readonly number[] {
    return this.#runs.get(key)?.starts.slice(0, count) ?? []
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
