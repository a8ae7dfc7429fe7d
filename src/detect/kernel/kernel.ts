import type { Anchors } from '../anchors.js'
import type { NameStems } from '../name-stems.js'
import type { NearWords } from '../near-words.js'
import { KernelTables } from './tables.js'
import { type Exports, instantiate } from './wasm-module.js'

/** What a site says: where the scanner has to look, and for what. */
export const SITE = { text: 1, near: 2, name: 3, anchor: 4, numbers: 5, option: 6 } as const
/** Numbers a site: kind, offset, and an end or an anchor. */
export const SITE_SIZE = 3

/** The bits of an answer that count sites, and those for what else stands in the text. */
export const COUNT = 0xffffff
export const SIGN = { percent: 1 << 24, escape: 1 << 25, numbers: 1 << 26 } as const

const MAX_LENGTH = 4_194_304
/** Shorter texts are labels and ids for the most part. */
const MAX_LABEL = 48
const MIN_ROOM = 65_536
const MIN_CAPACITY = 4096
const MIN_COPY = 384
/** A UTF-16 unit is at most so many bytes of UTF-8. */
const MOST_BYTES = 3

export interface KernelOptions {
  readonly anchors: Anchors
  readonly names: NameStems
  /** Words that speak of a value behind them, and how many characters ahead of it one may begin. */
  readonly near: NearWords
}

const utf8 = new TextEncoder()

/**
 * Finds the places in a text at which a scanner has to look, sixteen characters at a time. It reports too many rather
 * than too few; `src/detect/scanner.ts` decides at each of them as it does without a kernel.
 * @see kernel/scan.ts
 */
export class Kernel {
  readonly #exports: Exports
  readonly #reach: number
  readonly #tables: KernelTables
  /** Where the text goes. */
  #target: Uint8Array = new Uint8Array(0)
  #sites: Int32Array = new Int32Array(0)
  readonly #copies: (Int32Array | undefined)[] = []

  /** @returns undefined where WebAssembly or its SIMD is not to be had. */
  static create(options: KernelOptions): Kernel | undefined {
    const exports = instantiate()
    return exports === undefined ? undefined : new Kernel(exports, options)
  }

  private constructor(exports: Exports, { anchors, names, near }: KernelOptions) {
    this.#exports = exports
    this.#reach = near.reach
    this.#tables = new KernelTables(exports)
    this.#tables.fill(anchors, names, near)
  }

  /**
   * @returns how many sites were found (`COUNT`), with offsets in UTF-16 units, and which signs the text holds (`SIGN`);
   * -1 when there are too many sites or the text is too long.
   */
  find(text: string): number {
    if (text.length > MAX_LENGTH) return -1
    const size = text.length * MOST_BYTES
    if (size > this.#target.length) this.#makeRoom(size)
    const written = text.length < MAX_LABEL ? this.#copy(text) : utf8.encodeInto(text, this.#target).written
    const isAscii = written === text.length
    const found = this.#exports.scan(written, isAscii ? this.#reach : this.#reach * MOST_BYTES)
    if (found !== -1 && !isAscii && (found & COUNT) !== 0) this.#exports.toUnits(written)
    return found
  }

  /** A short text costs less than a call of the encoder. */
  #copy(text: string): number {
    const target = this.#target
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 127) return utf8.encodeInto(text, target).written
      target[i] = unit
    }
    return text.length
  }

  /**
   * What the last call found; a copy, since what is decoded from a text is searched before the text is done with.
   * @param depth of decoding; the copy is good until the next one for this depth.
   */
  copySites(count: number, depth: number): Int32Array {
    const length = count * SITE_SIZE
    let copy = this.#copies[depth]
    if (copy === undefined || copy.length < length) {
      copy = new Int32Array(Math.max(MIN_COPY, 2 * length))
      this.#copies[depth] = copy
    }
    for (let i = 0; i < length; i++) copy[i] = this.#sites[i]!
    return copy
  }

  #makeRoom(size: number): void {
    const room = Math.max(size, 2 * this.#target.length, MIN_ROOM)
    const { textAt, sitesAt } = this.#exports
    const buffer = this.#tables.makeRoom(room, Math.min(Math.max(MIN_CAPACITY, room >> 2), COUNT))
    this.#target = new Uint8Array(buffer, textAt(), room)
    this.#sites = new Int32Array(buffer, sitesAt())
  }
}
