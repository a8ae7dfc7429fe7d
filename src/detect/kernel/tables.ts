import type { AnchorPlace, AnchorSearch } from '../anchor-search.js'
import { BASE64, CHARS, NUMBERS, TOKEN } from '../chars.js'
import type { NameStems } from '../name-stems.js'
import type { UnitSet } from '../unit-set.js'
import type { Exports } from './wasm-module.js'

const PAGE_BYTES = 65_536
const ALIGNMENT = 64
const SET_BYTES = 32
const MAX_SETS = 65_535
const IS_MARK = 1
const IS_BOUNDED = 2
const MAY_BE_ESCAPED = 4
const IS_ANCHOR = 8
/** Classes of bytes in names that `kernel/scan.ts` knows: the name ends; the byte is passed over. */
const STOP = 255
const SKIP = 254

/** Lays out the kernel's memory: its tables one behind the other, and behind them the text and what is found. */
export class KernelTables {
  readonly #exports: Exports
  #end: number

  constructor(exports: Exports) {
    this.#exports = exports
    this.#end = exports.heapBase()
  }

  fill(search: AnchorSearch, names: NameStems): void {
    this.#fillCharacters()
    this.#fillSearch(search)
    this.#fillNames(names)
  }

  /** Makes room for texts of up to `size` bytes with `sites` places to look at. */
  makeRoom(size: number, sites: number): ArrayBuffer {
    this.#grow(this.#exports.place(this.#end, size, sites))
    return this.#exports.memory.buffer
  }

  #fillCharacters(): void {
    const { FLAGS, RUN_LOW, NUMBERS_LOW, HALVES } = this.#exports
    const { buffer } = this.#exports.memory
    new Uint16Array(buffer, FLAGS.value, 256).set(CHARS.subarray(0, 256))
    new Uint8Array(buffer, HALVES.value, 8).set(Array.from({ length: 8 }, (_, half) => 1 << half))
    new Uint8Array(buffer, RUN_LOW.value, 16).set(lowHalves(BASE64))
    new Uint8Array(buffer, NUMBERS_LOW.value, 16).set(lowHalves(NUMBERS))
  }

  #fillSearch(search: AnchorSearch): void {
    const { next, classOf, shift, firstOutput } = search.automaton
    const table = this.#append(next)
    const { places, sets } = placesOf(search.places())
    const placesAt = this.#append(places)
    const setsAt = this.#append(sets)
    this.#exports.setSearch(table, shift + 1, firstOutput, placesAt, setsAt)
    const classes = new Uint16Array(this.#exports.memory.buffer, this.#exports.CLASSES.value, 256)
    for (let byte = 0; byte < 256; byte++) classes[byte] = classOf[byte]! << 1
  }

  #fillNames(names: NameStems): void {
    const { next, shift, firstOutput } = names.automaton
    const table = this.#append(next)
    this.#exports.setNames(table, shift, names.start, firstOutput, this.#append(names.kinds))
    const classes = new Uint8Array(this.#exports.memory.buffer, this.#exports.NAME_CLASSES.value, 256)
    for (let byte = 0; byte < 256; byte++) {
      if ((CHARS[byte]! & TOKEN) === 0) classes[byte] = STOP
      else classes[byte] = byte === 45 || byte === 95 ? SKIP : names.classes[byte]!
    }
  }

  /** @returns where it lies in memory. */
  #append(data: Uint8Array | Uint16Array): number {
    const at = this.#end
    this.#end = (at + data.byteLength + ALIGNMENT) & -ALIGNMENT
    this.#grow(this.#end)
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    new Uint8Array(this.#exports.memory.buffer, at, data.byteLength).set(bytes)
    return at
  }

  #grow(end: number): void {
    const { memory } = this.#exports
    const missing = end - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
  }
}

/** A character is of a class when the entries for its low and its high half share a bit. */
function lowHalves(flag: number): Uint8Array {
  const low = new Uint8Array(16)
  for (let unit = 0; unit < 128; unit++) if ((CHARS[unit]! & flag) !== 0) low[unit & 15]! |= 1 << (unit >> 4)
  return low
}

/** As `atAnchor` in `kernel/scan.ts` reads them. */
function placesOf(all: readonly (readonly AnchorPlace[])[]): { places: Uint8Array; sets: Uint8Array } {
  const sets = new SetTable()
  const offsets = new Uint32Array(all.length)
  const items: number[] = []
  for (const [state, places] of all.entries()) {
    offsets[state] = all.length * 4 + items.length * 2
    items.push(places.length)
    for (const place of places) {
      items.push(place.length, flagsOf(place), place.head.length, ...place.head.map((set) => sets.indexOf(set)))
    }
  }
  const places = new Uint8Array(offsets.byteLength + items.length * 2)
  places.set(new Uint8Array(offsets.buffer))
  places.set(new Uint8Array(Uint16Array.from(items).buffer), offsets.byteLength)
  return { places, sets: sets.bytes() }
}

const flagsOf = ({ isMark, isBounded, mayBeEscaped, isAnchor }: AnchorPlace): number =>
  (isMark ? IS_MARK : 0) |
  (isBounded ? IS_BOUNDED : 0) |
  (mayBeEscaped ? MAY_BE_ESCAPED : 0) |
  (isAnchor ? IS_ANCHOR : 0)

/** Sets of characters, each once, as 256 bits. */
class SetTable {
  readonly #indices = new Map<string, number>()
  readonly #sets: UnitSet[] = []

  indexOf(set: UnitSet): number {
    const key = set.bits.join()
    const known = this.#indices.get(key)
    if (known !== undefined) return known
    if (this.#sets.length === MAX_SETS) throw new RangeError('Too many sets of characters in patterns.')
    this.#indices.set(key, this.#sets.length)
    return this.#sets.push(set) - 1
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(this.#sets.length * SET_BYTES)
    for (const [index, set] of this.#sets.entries()) {
      for (let byte = 0; byte < 256; byte++)
        if (set.has(byte)) bytes[index * SET_BYTES + (byte >> 3)]! |= 1 << (byte & 7)
    }
    return bytes
  }
}
