/** Of what is kept; further objects take the place of the oldest. */
const RING_BYTES = 4 << 20
/** A larger one would push too many others out. */
const MAX_OBJECT = RING_BYTES >> 3
const MAX_PLACES = 20_000
/** Of an object, the bytes that tell it from others: behind what every message begins with. */
const [SAMPLE_START, SAMPLE_END, SAMPLE_STEP] = [72, 160, 3]

interface Place {
  /** Counted from the first byte ever kept. */
  readonly start: number
  readonly length: number
}

/**
 * Serialized objects in which nothing was found. They are told by a few of their bytes and then compared as a whole, which
 * costs less than a hash over all of them; of objects that agree in these few the last one is kept. They lie in one ring of
 * bytes, so that they are no garbage.
 */
export class CleanObjects {
  readonly #places = new Map<number, Place>()
  #ring: Buffer | undefined
  /** How many bytes were ever kept. */
  #end = 0

  /** @returns how long the object is that begins at `at`, should it be a known one; else 0. */
  lengthAt(bytes: Uint8Array, at: number): number {
    const place = this.#places.get(sampleOf(bytes, at))
    if (place === undefined || !this.#isThere(place)) return 0
    const { start, length } = place
    if (at + length > bytes.length) return 0
    const from = start % RING_BYTES
    const known = this.#ring!.subarray(from, from + length)
    return Buffer.compare(known, bytes.subarray(at, at + length)) === 0 ? length : 0
  }

  add(bytes: Uint8Array, at: number, end: number): void {
    const length = end - at
    if (length > MAX_OBJECT) return
    this.#ring ??= Buffer.allocUnsafeSlow(RING_BYTES)
    let from = this.#end % RING_BYTES
    // Not around the corner.
    if (from + length > RING_BYTES) {
      this.#end += RING_BYTES - from
      from = 0
    }
    this.#ring.set(bytes.subarray(at, end), from)
    this.#places.set(sampleOf(bytes, at), { start: this.#end, length })
    this.#end += length
    if (this.#places.size > MAX_PLACES) this.#tidy()
  }

  clear(): void {
    this.#places.clear()
  }

  #isThere({ start }: Place): boolean {
    return start >= this.#end - RING_BYTES
  }

  #tidy(): void {
    for (const [sample, place] of this.#places) if (!this.#isThere(place)) this.#places.delete(sample)
    if (this.#places.size > MAX_PLACES) this.#places.clear()
  }
}

/** Bytes behind a short object's end are looked at too: an object that others follow is then not known again, which only costs time. */
function sampleOf(bytes: Uint8Array, at: number): number {
  const end = Math.min(at + SAMPLE_END, bytes.length)
  let sample = 0
  for (let i = at + SAMPLE_START; i < end; i += SAMPLE_STEP) sample = Math.imul(sample ^ bytes[i]!, 0x9e3779b1)
  // Small integers need no object as a key.
  return (sample ^ (sample >>> 15)) & 0x3fffffff
}
