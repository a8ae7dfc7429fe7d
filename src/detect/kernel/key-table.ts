const HASH_BITS = 17
/** Entries of so many hashes lie together. */
const SLOT_BITS = 5
/** In any ASCII case, and a few other characters besides: what is found is compared as a whole. */
const FOLD = 0x20202020

interface Entry {
  readonly key: number
  readonly at: number
  readonly tail: number
  readonly behind: number
}

/**
 * Literals by four of their bytes, as `kernel/anchors.ts` reads them: a bit for each hash that any of them has, where the
 * entries of 32 hashes begin, and entries of four bytes, where the literal is described, its last four bytes, and how far
 * behind the first they stand.
 */
export class KeyTable {
  readonly #entries: Entry[] = []

  /**
   * @param bytes of which four are looked at, from `from` on.
   * @param fourth what may stand there when only three bytes are left; undefined for anything.
   */
  add(bytes: Uint8Array, from: number, at: number, fourth?: (byte: number) => boolean): void {
    const tailAt = bytes.length - 4
    if (tailAt >= from) {
      this.#entries.push({ key: keyOf(bytes, from), at, tail: keyOf(bytes, tailAt), behind: tailAt - from })
      return
    }
    const known = (bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16) | FOLD) & 0xffffff
    const last = new Set<number>()
    for (let byte = 0; byte < 256; byte++) if (fourth === undefined || fourth(byte)) last.add(byte | (FOLD & 255))
    for (const byte of last) {
      const key = (known | (byte << 24)) >>> 0
      this.#entries.push({ key, at, tail: key, behind: 0 })
    }
  }

  build(): { readonly bits: Uint8Array; readonly slots: Uint32Array; readonly entries: Uint32Array } {
    const bits = new Uint8Array(1 << (HASH_BITS - 3))
    const slots = new Uint32Array((1 << (HASH_BITS - SLOT_BITS)) + 1)
    for (const { key } of this.#entries) {
      const hash = hashOf(key)
      bits[hash >> 3]! |= 1 << (hash & 7)
      slots[(hash >> SLOT_BITS) + 1]!++
    }
    for (let i = 1; i < slots.length; i++) slots[i]! += slots[i - 1]!
    const next = slots.slice()
    const entries = new Uint32Array(4 * this.#entries.length)
    for (const { key, at, tail, behind } of this.#entries) {
      const index = 4 * next[hashOf(key) >> SLOT_BITS]!++
      entries[index] = key
      entries[index + 1] = at
      entries[index + 2] = tail
      entries[index + 3] = behind
    }
    // In bytes, as the kernel counts.
    return { bits, slots: slots.map((index) => index * 16), entries }
  }
}

const hashOf = (key: number): number => Math.imul(key, 0x9e3779b1) >>> (32 - HASH_BITS)

const keyOf = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24) | FOLD) >>> 0
