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
/** Where a slot's entries begin and end, and its window. */
const SLOT_BYTES = 8 + 2 * WINDOW
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
  /** For each entry. */
  readonly #windows: Window[] = []

  /** @param at where the literal is described. */
  add(keyed: Keyed, at: number): void {
    const { bytes, from } = keyed
    const window = new Window(keyed)
    const tailAt = bytes.length - 4
    if (tailAt >= from) {
      this.#push([keyOf(bytes, from), at, keyOf(bytes, tailAt), tailAt - from], window)
      return
    }
    const known = (bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16) | FOLD) & 0xffffff
    const isAdded = new Uint8Array(256)
    for (let byte = 0; byte < 256; byte++) {
      const last = byte | FOLD_BYTE
      if (isAdded[last] !== 0 || !mayStand(keyed, from + 3, byte)) continue
      isAdded[last] = 1
      const key = (known | (last << 24)) >>> 0
      this.#push([key, at, key, 0], window)
    }
  }

  #push(entry: readonly number[], window: Window): void {
    this.#entries.push(...entry)
    this.#windows.push(window)
  }

  /** Offsets are in bytes, as the kernel counts. */
  build(): KeyTables {
    const bits = new Uint8Array(1 << (HASH_BITS - 3))
    const bySlot = new Map<number, number[]>()
    for (let entry = 0; entry < this.#windows.length; entry++) {
      const hash = hashOf(this.#entries[entry * ENTRY_SIZE]!)
      bits[hash >> 3]! |= 1 << (hash & 7)
      const slot = hash >> SLOT_BITS
      const others = bySlot.get(slot)
      if (others === undefined) bySlot.set(slot, [entry])
      else others.push(entry)
    }
    const slots = new Uint16Array(1 << (HASH_BITS - SLOT_BITS))
    const records = new Uint8Array(bySlot.size * SLOT_BYTES)
    const entries = new Uint32Array(this.#entries.length)
    let at = 0
    for (const [number, [slot, members]] of [...bySlot].entries()) {
      slots[slot] = number
      const record = number * SLOT_BYTES
      records.set(new Uint8Array(Uint32Array.of(at * BYTES, at * BYTES + members.length * ENTRY_BYTES).buffer), record)
      records.set(Window.common(members.map((member) => this.#windows[member]!)), record + 8)
      for (const member of members) {
        for (let k = 0; k < ENTRY_SIZE; k++) entries[at++] = this.#entries[member * ENTRY_SIZE + k]!
      }
    }
    return { bits, slots, records, entries }
  }
}

export interface KeyTables {
  readonly bits: Uint8Array
  readonly slots: Uint16Array
  readonly records: Uint8Array
  readonly entries: Uint32Array
}

/** Bits that are known of a byte, and what they are. */
interface KnownBits {
  readonly mask: number
  readonly value: number
}

/** Which bits of the bytes around a key are known. */
class Window {
  readonly masks = new Uint8Array(WINDOW)
  readonly values = new Uint8Array(WINDOW)

  constructor({ bytes, from, head = [], mayBeEscaped = false }: Keyed) {
    const end = from - AHEAD + WINDOW
    for (let at = Math.max(0, from - AHEAD); at < end; at++) {
      const set = mayBeEscaped ? undefined : head[at]
      if (at >= bytes.length && set === undefined) return
      const { mask, value } = at < bytes.length ? { mask: 255, value: bytes[at]! | FOLD_BYTE } : bitsOf(set!)
      this.masks[at - from + AHEAD] = mask
      this.values[at - from + AHEAD] = value
    }
  }

  /** The known bits of all of them that are alike, and then what they are. */
  static common([first, ...others]: readonly Window[]): Uint8Array {
    const common = new Uint8Array(2 * WINDOW)
    for (let i = 0; i < WINDOW; i++) {
      const value = first!.values[i]!
      let mask = first!.masks[i]!
      for (const other of others) mask &= other.masks[i]! & ~(other.values[i]! ^ value)
      common[i] = mask
      common[WINDOW + i] = value & mask
    }
    return common
  }
}

const known = new WeakMap<UnitSet, KnownBits>()

/** In any case: bits that all characters of a set have alike. */
function bitsOf(set: UnitSet): KnownBits {
  let bits = known.get(set)
  if (bits !== undefined) return bits
  let all = 255
  let any = 0
  for (let byte = 0; byte < 256; byte++) {
    if (!set.has(byte)) continue
    all &= byte | FOLD_BYTE
    any |= byte | FOLD_BYTE
  }
  bits = { mask: all | (~any & 255), value: all }
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
