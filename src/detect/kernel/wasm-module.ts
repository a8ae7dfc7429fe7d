import { KERNEL_WASM } from './wasm.js'

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

/** What `kernel/scan.ts` exports. */
export interface Exports {
  readonly memory: Memory
  readonly FLAGS: Global
  readonly NAME_CLASSES: Global
  readonly ODD: Global
  readonly STEMS: Global
  readonly STEM_BITS: Global
  readonly SEXTETS: Global
  readonly TOKEN_LOW: Global
  readonly RUN_LOW: Global
  readonly NUMBERS_LOW: Global
  readonly HALVES: Global
  heapBase(): number
  setAnchors(bits: number, slots: number, records: number, entries: number, anchors: number, sets: number): void
  setWords(bits: number, slots: number, records: number, entries: number, words: number, stemAt: number): void
  setNames(at: number, bits: number, start: number, first: number, kinds: number): void
  place(at: number, size: number, sites: number): number
  textAt(): number
  wideAt(): number
  sitesAt(): number
  scan(length: number, reach: number, isWide: boolean): number
}

const webAssembly = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly
let compiled: object | null | undefined

/** Undefined where WebAssembly or its SIMD is not to be had, or a page's policy forbids it. */
export function instantiate(): Exports | undefined {
  if (webAssembly === undefined || compiled === null) return undefined
  try {
    compiled ??= new webAssembly.Module(Uint8Array.from(atob(KERNEL_WASM), (character) => character.charCodeAt(0)))
    return new webAssembly.Instance(compiled).exports as Exports
  } catch {
    compiled = null
    return undefined
  }
}
