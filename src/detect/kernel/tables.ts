import type { Anchors } from '../anchors.js'
import { BASE64, CHARS, NUMBERS, TOKEN } from '../chars.js'
import { BASE64_VALUES } from '../decode/base64.js'
import type { NameStems } from '../name-stems.js'
import type { NearWords } from '../near-words.js'
import { anchorTables } from './anchor-tables.js'
import { KeyTable, type KeyTables, stemBits } from './key-table.js'
import { OddStarts } from './odd-starts.js'
import { unitBytes } from './unit-bytes.js'
import type { Exports } from './wasm-module.js'

const PAGE_BYTES = 65_536
const ALIGNMENT = 64
/** Classes of bytes in names that `kernel/names.ts` knows: the name ends; the byte is passed over. */
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

  fill(anchors: Anchors, names: NameStems, near: NearWords): void {
    this.#fillCharacters()
    this.#fillAnchors(anchors)
    this.#fillNames(names)
    this.#fillWords(near)
  }

  /** Makes room for texts of up to `size` bytes with `sites` places to look at. */
  makeRoom(size: number, sites: number): ArrayBuffer {
    this.#grow(this.#exports.place(this.#end, size, sites))
    return this.#exports.memory.buffer
  }

  #fillCharacters(): void {
    const { FLAGS, RUN_LOW, TOKEN_LOW, NUMBERS_LOW, HALVES, SEXTETS } = this.#exports
    const { buffer } = this.#exports.memory
    new Uint16Array(buffer, FLAGS.value, 256).set(CHARS.subarray(0, 256))
    new Uint8Array(buffer, HALVES.value, 8).set(Array.from({ length: 8 }, (_, half) => 1 << half))
    new Uint8Array(buffer, RUN_LOW.value, 16).set(lowHalves(BASE64))
    new Uint8Array(buffer, TOKEN_LOW.value, 16).set(lowHalves(TOKEN))
    new Uint8Array(buffer, NUMBERS_LOW.value, 16).set(lowHalves(NUMBERS))
    new Uint8Array(buffer, SEXTETS.value, 128).set(BASE64_VALUES)
  }

  #fillAnchors(all: Anchors): void {
    const { anchors, sets, odd, ...keys } = anchorTables(all.places())
    this.#exports.setAnchors(...this.#appendKeys(keys), this.#append(anchors), this.#append(sets))
    new Uint8Array(this.#exports.memory.buffer, this.#exports.ODD.value, odd.length).set(odd)
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

  #fillWords({ words, stems, stemAt }: NearWords): void {
    const keys = new KeyTable()
    const encoded = words.map((word) => unitBytes(word))
    const all = new Uint8Array(encoded.reduce((size, { length }) => size + 2 + length, 0))
    let at = 0
    for (const bytes of encoded) {
      keys.add({ bytes, from: 0 }, at)
      all[at] = bytes.length & 255
      all[at + 1] = bytes.length >> 8
      all.set(bytes, at + 2)
      at += 2 + bytes.length
    }
    this.#exports.setWords(...this.#appendKeys(keys.build()), this.#append(all), stemAt)
    const starts = new OddStarts()
    for (const stem of stems) starts.add(unitBytes(stem))
    const { memory, STEMS, STEM_BITS } = this.#exports
    new Uint8Array(memory.buffer, STEMS.value, 96).set(starts.tables())
    new Uint8Array(memory.buffer, STEM_BITS.value, 512).set(stemBits([...stems].map(unitBytes)))
  }

  #appendKeys({ bits, slots, records, entries }: KeyTables): [number, number, number, number] {
    return [this.#append(bits), this.#append(slots), this.#append(records), this.#append(entries)]
  }

  /** @returns where it lies in memory. */
  #append(data: Uint8Array | Uint16Array | Uint32Array): number {
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
