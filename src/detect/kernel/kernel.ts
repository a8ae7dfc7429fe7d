import { CHARS, RUN } from '../chars.js'
import type { RuleIndex } from '../rule-index.js'
import { KERNEL_WASM } from './wasm.js'

/** What a site says: where the scanner has to look, and for what. */
export const SITE = { head: 1, inner: 2, text: 3, near: 4, plain: 5, name: 6, anchor: 7 } as const
/** Numbers a site: kind, offset, and an end or a state. */
export const SITE_SIZE = 3

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
  readonly HEADS: Global
  readonly INNER: Global
  readonly NAMES: Global
  readonly NAME_SLOTS: Global
  readonly RUN_LOW: Global
  readonly HALVES: Global
  readonly table: Global
  readonly bounded: Global
  readonly text: Global
  readonly sites: Global
  readonly isFull: Global
  placeTable(states: number, shift: number, firstOutput: number, longest: number): void
  placeText(bytes: number, sites: number): number
  allowPlain(has: boolean, hexish: boolean): void
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
  readonly #text: number
  readonly #names: number
  readonly #nameMask: number
  #bytes: Uint8Array
  #sites: Int32Array
  #room = 0

  static create(index: RuleIndex): Kernel | undefined {
    const module = compile()
    if (module === null) return undefined
    try {
      return new Kernel(new webAssembly!.Instance(module).exports as unknown as Exports, index)
    } catch {
      return undefined
    }
  }

  private constructor(exports: Exports, index: RuleIndex) {
    this.#exports = exports
    this.#bytes = new Uint8Array(exports.memory.buffer)
    this.#sites = new Int32Array(exports.memory.buffer)
    this.#fillTables(index)
    this.#text = exports.text.value
    this.#names = exports.NAMES.value
    this.#nameMask = exports.NAME_SLOTS.value - 1
  }

  /**
   * @returns how many sites were found, in UTF-16 offsets; -1 when there are too many of them or the text is too long.
   */
  find(text: string): number {
    if (text.length > MAX_LENGTH) return -1
    const size = text.length * 3
    if (size > this.#room) this.#makeRoom(size)
    const { written } = utf8.encodeInto(text, this.#bytes.subarray(this.#text, this.#text + size))
    const end = this.#text + written
    this.#bytes.fill(0, end, end + 64)
    const count = this.#exports.scan(written)
    if (this.#exports.isFull.value !== 0) return -1
    if (written !== text.length && count > 0) this.#exports.toUnits(written)
    return count
  }

  /** What the last call found; a copy, since what is decoded from a text is searched before the text is done with. */
  copySites(count: number): Int32Array {
    const first = this.#exports.sites.value >> 2
    return this.#sites.slice(first, first + count * SITE_SIZE)
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
    this.#bytes[slot] = length
    for (let i = 0; i < length; i++) this.#bytes[slot + 1 + i] = name.charCodeAt(i)
  }

  #makeRoom(size: number): void {
    const room = Math.max(size, 2 * this.#room, PAGE_BYTES)
    const end = this.#exports.placeText(room, Math.max(MIN_CAPACITY, room >> 2))
    this.#grow(end)
    this.#room = room
  }

  #grow(end: number): void {
    const { memory } = this.#exports
    const missing = end - memory.buffer.byteLength
    if (missing <= 0) return
    memory.grow(Math.ceil(missing / PAGE_BYTES))
    this.#bytes = new Uint8Array(memory.buffer)
    this.#sites = new Int32Array(memory.buffer)
  }

  #fillTables(index: RuleIndex): void {
    const { FLAGS, CLASSES, HEADS, INNER, RUN_LOW, HALVES, allowPlain, placeTable } = this.#exports
    const automaton = index.looseBytes?.automaton
    const states = automaton === undefined ? 0 : automaton.next.length >> automaton.shift
    placeTable(states, automaton?.shift ?? 0, automaton?.firstOutput ?? 0, index.looseBytes?.longest ?? 0)
    const { table, bounded, text } = this.#exports
    this.#grow(text.value + PAGE_BYTES)
    const bytes = this.#bytes
    const at = (global: Global) => global.value
    new Uint16Array(bytes.buffer, at(FLAGS), 256).set(CHARS.subarray(0, 256))
    if (automaton !== undefined) {
      bytes.set(automaton.classOf.subarray(0, 256), at(CLASSES))
      new Uint16Array(bytes.buffer, at(table), automaton.next.length).set(automaton.next)
      bytes.set(index.looseBytes!.boundedLengths(), at(bounded))
    }
    for (const key of index.headKeys()) bytes[at(HEADS) + (key >> 3)]! |= 1 << (key & 7)
    for (const pair of index.innerPairs()) bytes[at(INNER) + (pair >> 3)]! |= 1 << (pair & 7)
    fillNibbles(bytes.subarray(at(RUN_LOW), at(RUN_LOW) + 16), bytes.subarray(at(HALVES), at(HALVES) + 16))
    allowPlain(index.plainInner !== undefined, index.plainInner?.hasHexish === true)
  }
}

/** A character is of a class when the entries for its low and its high half share a bit. */
function fillNibbles(low: Uint8Array, halves: Uint8Array): void {
  for (let half = 0; half < 8; half++) halves[half] = 1 << half
  for (let unit = 0; unit < 128; unit++) if ((CHARS[unit]! & RUN) !== 0) low[unit & 15]! |= 1 << (unit >> 4)
}
