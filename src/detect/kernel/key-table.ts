const HASH_BITS = 17
/** Entries of so many hashes lie together. */
const SLOT_BITS = 5
/** In any ASCII case, and a few other characters besides: what is found is compared as a whole. */
const FOLD = 0x20202020
const ENTRY_SIZE = 4
const BYTES = 4
const ENTRY_BYTES = ENTRY_SIZE * BYTES

/**
 * Literals by four of their bytes, as `kernel/anchors.ts` reads them: a bit for each hash that any of them has, where the
 * entries of 32 hashes begin, and entries of four bytes, where the literal is described, its last four bytes, and how far
 * behind the first they stand.
 */
export class KeyTable {
  /** Four numbers each, as the kernel reads them. */
  readonly #entries: number[] = []

  /**
   * @param bytes of which four are looked at, from `from` on.
   * @param fourth what may stand there when only three bytes are left; undefined for anything.
   */
  add(bytes: Uint8Array, from: number, at: number, fourth?: (byte: number) => boolean): void {
    const tailAt = bytes.length - 4
    if (tailAt >= from) {
      this.#entries.push(keyOf(bytes, from), at, keyOf(bytes, tailAt), tailAt - from)
      return
    }
    const known = (bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16) | FOLD) & 0xffffff
    const isAdded = new Uint8Array(256)
    for (let byte = 0; byte < 256; byte++) {
      const last = byte | (FOLD & 255)
      if (isAdded[last] !== 0 || (fourth !== undefined && !fourth(byte))) continue
      isAdded[last] = 1
      const key = (known | (last << 24)) >>> 0
      this.#entries.push(key, at, key, 0)
    }
  }

  /** Offsets are in bytes, as the kernel counts. */
  build(): { readonly bits: Uint8Array; readonly slots: Uint32Array; readonly entries: Uint32Array } {
    const bits = new Uint8Array(1 << (HASH_BITS - 3))
    const slots = new Uint32Array((1 << (HASH_BITS - SLOT_BITS)) + 1)
    const unsorted = Uint32Array.from(this.#entries)
    for (let i = 0; i < unsorted.length; i += ENTRY_SIZE) {
      const hash = hashOf(unsorted[i]!)
      bits[hash >> 3]! |= 1 << (hash & 7)
      slots[(hash >> SLOT_BITS) + 1]! += ENTRY_BYTES
    }
    for (let i = 1; i < slots.length; i++) slots[i]! += slots[i - 1]!
    const next = slots.slice()
    const entries = new Uint32Array(unsorted.length)
    for (let i = 0; i < unsorted.length; i += ENTRY_SIZE) {
      const slot = hashOf(unsorted[i]!) >> SLOT_BITS
      const to = next[slot]! / BYTES
      for (let k = 0; k < ENTRY_SIZE; k++) entries[to + k] = unsorted[i + k]!
      next[slot]! += ENTRY_BYTES
    }
    return { bits, slots, entries }
  }
}

const hashOf = (key: number): number => Math.imul(key, 0x9e3779b1) >>> (32 - HASH_BITS)

const keyOf = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24) | FOLD) >>> 0
