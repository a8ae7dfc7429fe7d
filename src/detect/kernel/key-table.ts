import type { UnitSet } from '../unit-set.js'

const HASH_BITS = 17
const STEM_HASH_BITS = 12
const FACTOR = 0x9e3779b1
/** Entries of so many hashes lie together. */
const SLOT_BITS = 3
/** In any ASCII case, and a few other characters besides: what is found is compared as a whole. */
const FOLD = 0x20202020
const FOLD_BYTE = FOLD & 255
const ENTRY_SIZE = 4
const BYTES = 4
const ENTRY_BYTES = ENTRY_SIZE * BYTES
/** What is compared of a text at once, and how much of it stands ahead of the key. */
const WINDOW = 16
const AHEAD = 4
const WORDS = WINDOW / BYTES
/** Where a slot's entries begin and end, and its window: what is known, and what it is. */
const RECORD = 2 + 2 * WORDS
const BACKSLASH = 92

export interface Keyed {
  readonly bytes: Uint8Array
  /** Where the key stands, of four bytes, or of three when no more are left. */
  readonly from: number
  /** What its characters may be, from its beginning and beyond its end, as far as that is known. */
  readonly head?: readonly UnitSet[]
  /** What stands behind its end may be escaped. */
  readonly mayBeEscaped?: boolean
}

/**
 * Literals by four of their bytes, as `kernel/anchors.ts` reads them. `bits` has one for each hash that any of them has.
 * `slots` gives each eight hashes the number of what is known of them all: where their entries begin and end, and sixteen
 * bytes of text, of which those bits are compared that all of them have alike. An entry is four bytes, where the literal is
 * described, its last four bytes, and how far behind the first they stand.
 */
export class KeyTable {
  /** Four numbers each, as the kernel reads them. */
  readonly #entries: number[] = []
  /** For each entry which window it has. */
  readonly #windowOf: number[] = []
  readonly #windows: Uint32Array[] = []

  /** @param at where the literal is described. */
  add(keyed: Keyed, at: number): void {
    const { bytes, from } = keyed
    this.#windows.push(windowOf(keyed))
    const tailAt = bytes.length - 4
    if (tailAt >= from) {
      this.#push(keyOf(bytes, from), at, keyOf(bytes, tailAt), tailAt - from)
      return
    }
    const known = (bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16) | FOLD) & 0xffffff
    const isAdded = new Uint8Array(256)
    for (let byte = 0; byte < 256; byte++) {
      const last = byte | FOLD_BYTE
      if (isAdded[last] !== 0 || !mayStand(keyed, from + 3, byte)) continue
      isAdded[last] = 1
      const key = (known | (last << 24)) >>> 0
      this.#push(key, at, key, 0)
    }
  }

  #push(key: number, at: number, tail: number, tailAt: number): void {
    this.#entries.push(key, at, tail, tailAt)
    this.#windowOf.push(this.#windows.length - 1)
  }

  /** Offsets are in bytes, as the kernel counts. */
  build(): KeyTables {
    const unsorted = Uint32Array.from(this.#entries)
    const bits = new Uint8Array(1 << (HASH_BITS - 3))
    const counts = new Uint16Array(1 << (HASH_BITS - SLOT_BITS))
    for (let i = 0; i < unsorted.length; i += ENTRY_SIZE) {
      const hash = hashOf(unsorted[i]!)
      bits[hash >> 3]! |= 1 << (hash & 7)
      counts[hash >> SLOT_BITS]!++
    }
    const slots = new Uint16Array(counts.length)
    const used = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
    const records = new Uint32Array(used * RECORD)
    const next = new Uint32Array(used)
    let at = 0
    let record = 0
    for (let slot = 0; slot < counts.length; slot++) {
      const count = counts[slot]!
      if (count === 0) continue
      slots[slot] = record
      next[record] = at
      records[record * RECORD] = at * ENTRY_BYTES
      at += count
      records[record * RECORD + 1] = at * ENTRY_BYTES
      record++
    }
    const entries = new Uint32Array(unsorted.length)
    for (let i = 0; i < unsorted.length; i += ENTRY_SIZE) {
      const number = slots[hashOf(unsorted[i]!) >> SLOT_BITS]!
      const to = next[number]!++
      for (let k = 0; k < ENTRY_SIZE; k++) entries[to * ENTRY_SIZE + k] = unsorted[i + k]!
      const isFirst = records[number * RECORD] === to * ENTRY_BYTES
      join(records, number * RECORD + 2, this.#windows[this.#windowOf[i / ENTRY_SIZE]!]!, isFirst)
    }
    return { bits, slots, records, entries }
  }
}

export interface KeyTables {
  readonly bits: Uint8Array
  readonly slots: Uint16Array
  readonly records: Uint32Array
  readonly entries: Uint32Array
}

/** Which bits of the bytes around a key are known, and then what they are. */
function windowOf({ bytes, from, head = [], mayBeEscaped = false }: Keyed): Uint32Array {
  const window = new Uint8Array(2 * WINDOW)
  const end = from - AHEAD + WINDOW
  for (let at = Math.max(0, from - AHEAD); at < end; at++) {
    const set = mayBeEscaped ? undefined : head[at]
    if (at >= bytes.length && set === undefined) break
    const known = at < bytes.length ? 0xff00 | bytes[at]! | FOLD_BYTE : knownBits(set!)
    window[at - from + AHEAD] = known >> 8
    window[at - from + AHEAD + WINDOW] = known & 255
  }
  return new Uint32Array(window.buffer)
}

/** Leaves in a record what is known of a window as well. */
function join(records: Uint32Array, at: number, window: Uint32Array, isFirst: boolean): void {
  for (let i = 0; i < WORDS; i++) {
    const value = window[i + WORDS]!
    const mask = isFirst ? window[i]! : records[at + i]! & window[i]! & ~(records[at + i + WORDS]! ^ value)
    records[at + i] = mask
    records[at + i + WORDS] = value & mask
  }
}

const known = new WeakMap<UnitSet, number>()

/** In any case: from bit 8 on the bits that all characters of a set have alike, below it what they are. */
function knownBits(set: UnitSet): number {
  let bits = known.get(set)
  if (bits !== undefined) return bits
  let all = 255
  let any = 0
  for (let byte = 0; byte < 256; byte++) {
    if (!set.has(byte)) continue
    all &= byte | FOLD_BYTE
    any |= byte | FOLD_BYTE
  }
  bits = ((all | (~any & 255)) << 8) | all
  known.set(set, bits)
  return bits
}

function mayStand({ head, mayBeEscaped }: Keyed, at: number, byte: number): boolean {
  const set = head?.[at]
  return set === undefined || set.has(byte) || (byte === BACKSLASH && mayBeEscaped === true)
}

/** A bit for each hash of the first three bytes. */
export function stemBits(stems: readonly Uint8Array[]): Uint8Array {
  const bits = new Uint8Array(1 << (STEM_HASH_BITS - 3))
  for (const stem of stems) {
    const hash = Math.imul(keyOf(stem, 0) << 8, FACTOR) >>> (32 - STEM_HASH_BITS)
    bits[hash >> 3]! |= 1 << (hash & 7)
  }
  return bits
}

const hashOf = (key: number): number => Math.imul(key, FACTOR) >>> (32 - HASH_BITS)

const keyOf = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24) | FOLD) >>> 0
