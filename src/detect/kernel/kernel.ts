import type { AnchorSearch } from '../anchor-search.js'
import { BASE64, CHARS } from '../chars.js'
import { KERNEL_WASM } from './wasm.js'

/** What a site says: where the scanner has to look, and for what. */
export const SITE = { text: 1, near: 2, name: 3, anchor: 4 } as const
/** Numbers a site: kind, offset, and an end or a state. */
export const SITE_SIZE = 3

/** The bits of an answer that count sites, and those for what else stands in the text. */
export const COUNT = 0xffffff
export const SIGN = { hyphens: 1 << 24, percent: 1 << 25, backslash: 1 << 26, comma: 1 << 27 } as const

const MAX_LENGTH = 4_194_304
const MAX_NAME_BYTES = 31
const NAME_BYTES = 32
const PAGE_BYTES = 65_536
const MIN_CAPACITY = 4096

interface Global {
  readonly value: number
}

interface Memory {
  readonly buffer: ArrayBuffer
  grow(pages: number): number
}

/** As much of the platform's as is used here; Node's types leave it to those of browsers. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

interface Exports {
  readonly memory: Memory
  readonly FLAGS: Global
  readonly CLASSES: Global
  readonly NAMES: Global
  readonly NAME_SLOTS: Global
  readonly RUN_LOW: Global
  readonly HALVES: Global
  readonly table: Global
  readonly bounded: Global
  readonly text: Global
  readonly sites: Global
  placeTable(states: number, shift: number, firstOutput: number, longest: number): void
  placeText(bytes: number, sites: number): number
  scan(length: number): number
  toUnits(length: number): void
}

const utf8 = new TextEncoder()
const webAssembly = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly
let compiled: object | null | undefined

/** Null where WebAssembly or its SIMD is not to be had, or a page's policy forbids it: the scanner then looks by itself. */
function compile(): object | null {
  if (compiled !== undefined) return compiled
  compiled = null
  try {
    if (webAssembly !== undefined)
      compiled = new webAssembly.Module(Uint8Array.from(atob(KERNEL_WASM), (character) => character.charCodeAt(0)))
  } catch {}
  return compiled
}

/**
 * Finds the places in a text at which a scanner has to look, sixteen characters at a time. It reports too many rather
 * than too few; `src/detect/scanner.ts` decides at each of them as it does without a kernel.
 * @see kernel/scan.ts
 */
export class Kernel {
  readonly #exports: Exports
  readonly #names: number
  readonly #nameMask: number
  /** Where the text goes. */
  #target: Uint8Array = new Uint8Array(0)
  #sites: Int32Array = new Int32Array(0)

  static create(search: AnchorSearch): Kernel | undefined {
    const module = compile()
    if (module === null) return undefined
    try {
      return new Kernel(new webAssembly!.Instance(module).exports as unknown as Exports, search)
    } catch {
      return undefined
    }
  }

  private constructor(
    exports: Exports,
    readonly search: AnchorSearch,
  ) {
    this.#exports = exports
    this.#fillTables(search)
    this.#names = exports.NAMES.value
    this.#nameMask = exports.NAME_SLOTS.value - 1
  }

  /**
   * @returns how many sites were found (`COUNT`), with offsets in UTF-16 units, and which signs the text holds (`SIGN`);
   * -1 when there are too many sites or the text is too long.
   */
  find(text: string): number {
    if (text.length > MAX_LENGTH) return -1
    const size = text.length * 3
    if (size > this.#target.length) this.#makeRoom(size)
    const { written } = utf8.encodeInto(text, this.#target)
    const found = this.#exports.scan(written)
    if (found !== -1 && written !== text.length && (found & COUNT) !== 0) this.#exports.toUnits(written)
    return found
  }

  /** What the last call found; a copy, since what is decoded from a text is searched before the text is done with. */
  copySites(count: number): Int32Array {
    return this.#sites.slice(0, count * SITE_SIZE)
  }

  /** Remembers a name that says nothing, so that it is not reported again. */
  addPlainName(name: string): void {
    const { length } = name
    if (length > MAX_NAME_BYTES) return
    let hash = length
    for (let i = 0; i < length; i++) {
      const unit = name.charCodeAt(i)
      if (unit >= 128) return
      hash = (Math.imul(hash, 31) + unit) | 0
    }
    const slot = this.#names + ((hash ^ (hash >>> 15)) & this.#nameMask) * NAME_BYTES
    const bytes = new Uint8Array(this.#exports.memory.buffer, slot, NAME_BYTES)
    bytes[0] = length
    for (let i = 0; i < length; i++) bytes[1 + i] = name.charCodeAt(i)
  }

  #makeRoom(size: number): void {
    const room = Math.max(size, 2 * this.#target.length, PAGE_BYTES)
    this.#grow(this.#exports.placeText(room, Math.min(Math.max(MIN_CAPACITY, room >> 2), COUNT)))
    const { memory, text, sites } = this.#exports
    this.#target = new Uint8Array(memory.buffer, text.value, room)
    this.#sites = new Int32Array(memory.buffer, sites.value)
  }

  #grow(end: number): void {
    const { memory } = this.#exports
    const missing = end - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
  }

  #fillTables(search: AnchorSearch): void {
    const { FLAGS, CLASSES, RUN_LOW, HALVES, placeTable } = this.#exports
    const { next, classOf, shift, firstOutput } = search.automaton
    placeTable(next.length >> shift, shift + 2, firstOutput, search.longest)
    const { table, bounded, text } = this.#exports
    this.#grow(text.value + PAGE_BYTES)
    const bytes = new Uint8Array(this.#exports.memory.buffer)
    new Uint16Array(bytes.buffer, FLAGS.value, 256).set(CHARS.subarray(0, 256))
    new Uint16Array(bytes.buffer, CLASSES.value, 256).set(
      Uint16Array.from(classOf.subarray(0, 256), (entry) => entry << 2),
    )
    new Uint32Array(bytes.buffer, table.value, next.length).set(Uint32Array.from(next, (state) => state << (shift + 2)))
    bytes.set(search.boundedLengths(), bounded.value)
    fillNibbles(bytes.subarray(RUN_LOW.value, RUN_LOW.value + 16), bytes.subarray(HALVES.value, HALVES.value + 16))
  }
}

/** A character is of a class when the entries for its low and its high half share a bit. */
function fillNibbles(low: Uint8Array, halves: Uint8Array): void {
  for (let half = 0; half < 8; half++) halves[half] = 1 << half
  for (let unit = 0; unit < 128; unit++) if ((CHARS[unit]! & BASE64) !== 0) low[unit & 15]! |= 1 << (unit >> 4)
}
