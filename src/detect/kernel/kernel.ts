import type { Anchors } from '../anchors.js'
import type { NameStems } from '../name-stems.js'
import type { NearWords } from '../near-words.js'
import { KernelTables } from './tables.js'
import { putUnits } from './unit-bytes.js'
import { type Exports, instantiate } from './wasm-module.js'

/** What a site says: where the scanner has to look, and for what. */
export const SITE = { text: 1, near: 2, name: 3, anchor: 4, numbers: 5, option: 6 } as const
/** Numbers a site: kind, offset, and an end or an anchor. */
export const SITE_SIZE = 3

/** The bits of an answer that count sites, and those for what else stands in the text. */
export const COUNT = 0xffffff
export const SIGN = { percent: 1 << 24, escape: 1 << 25, numbers: 1 << 26 } as const

const MAX_LENGTH = 4_194_304
/** A shorter text is copied sooner than a call is made that copies it. */
const MIN_ENCODED = 20
/** Most texts are ASCII, which is encoded at once; of a long one it would cost too much to find that it is not. */
const MIN_WIDE = 2048
const MIN_ROOM = 65_536
const MIN_CAPACITY = 4096
const MIN_COPY = 384

export interface KernelOptions {
  readonly anchors: Anchors
  readonly names: NameStems
  /** Words that speak of a value behind them, and how many characters ahead of it one may begin. */
  readonly near: NearWords
}

const utf8 = new TextEncoder()

/** Node's, which copies a string as it lies in memory; elsewhere a text that is not ASCII is copied character by character. */
interface Utf16Writer {
  write(text: string, offset: number, encoding: 'utf16le'): number
}
const buffers = (globalThis as { readonly Buffer?: { from(b: ArrayBuffer, at: number, size: number): Utf16Writer } })
  .Buffer

/**
 * Finds the places in a text at which a scanner has to look, sixteen characters at a time. It reports too many rather
 * than too few; `src/detect/scanner.ts` decides at each of them as it does without a kernel.
 * @see kernel/scan.ts
 */
export class Kernel {
  readonly #exports: Exports
  readonly #reach: number
  readonly #tables: KernelTables
  /** Where the text goes, a byte for each of its units. */
  #bytes: Uint8Array = new Uint8Array(0)
  /** Or where it goes as it is. */
  #wide: Utf16Writer | undefined
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
   * @returns how many sites were found (`COUNT`), and which signs the text holds (`SIGN`); -1 when there are too many
   * sites or the text is too long.
   */
  find(text: string): number {
    const { length } = text
    if (length > MAX_LENGTH) return -1
    if (length > this.#bytes.length) this.#makeRoom(length)
    const isWide = !this.#copy(text)
    return this.#exports.scan(length, this.#reach, isWide)
  }

  /** @returns false when the text was put down as it is, for the kernel to make bytes of. */
  #copy(text: string): boolean {
    const { length } = text
    if (length >= MIN_ENCODED && (length < MIN_WIDE || this.#wide === undefined)) {
      const { read, written } = utf8.encodeInto(text, this.#bytes)
      if (read === length && written === length) return true
    }
    if (length < MIN_ENCODED || this.#wide === undefined) putUnits(text, this.#bytes)
    else this.#wide.write(text, 0, 'utf16le')
    return length < MIN_ENCODED || this.#wide === undefined
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
    const room = Math.max(size, 2 * this.#bytes.length, MIN_ROOM)
    const { textAt, wideAt, sitesAt } = this.#exports
    const memory = this.#tables.makeRoom(room, Math.min(Math.max(MIN_CAPACITY, room >> 1), COUNT))
    this.#bytes = new Uint8Array(memory, textAt(), room)
    this.#wide = buffers?.from(memory, wideAt(), 2 * room)
    this.#sites = new Int32Array(memory, sitesAt())
  }
}
