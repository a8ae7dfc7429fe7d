import { Buffer } from 'node:buffer'
import { type Needle, needlesOf } from './encodings.js'
import type { Area, StoredBytes } from './stored-bytes.js'

/** Where a canary stands. Holds its name, never its text. */
export interface Sighting {
  readonly canary: string
  readonly area: Area
  readonly place: string
  readonly encoding: string
}

interface Wanted extends Needle {
  readonly canary: string
}

const FILTER_BITS = 20

/**
 * Finds every canary (by name) in stored bytes, in all encodings, in one pass: a bitmap over four bytes of each needle
 * sends only a few positions to the comparison, so that a hundred canaries cost as much as one.
 */
export function findCanaries(stored: Iterable<StoredBytes>, canaries: ReadonlyMap<string, string>): Sighting[] {
  const wanted = new Map<number, Wanted[]>()
  const filter = new Uint8Array(1 << (FILTER_BITS - 3))
  for (const [canary, text] of canaries) {
    for (const needle of needlesOf(text)) {
      const anchor = Buffer.from(needle.bytes).readInt32LE(anchorOffset(needle.bytes))
      const sharing = wanted.get(anchor)
      if (sharing) sharing.push({ ...needle, canary })
      else wanted.set(anchor, [{ ...needle, canary }])
      const bit = hash(anchor)
      filter[bit >>> 3] = (filter[bit >>> 3] ?? 0) | (1 << (bit & 7))
    }
  }
  const sightings = new Map<string, Sighting>()
  for (const { area, place, bytes } of stored) {
    let window = 0
    for (let end = 0; end < bytes.length; end++) {
      window = (window >>> 8) | ((bytes[end] ?? 0) << 24)
      const bit = hash(window)
      if (((filter[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0 || end < 3) continue
      for (const needle of wanted.get(window) ?? []) {
        const start = end - 3 - anchorOffset(needle.bytes)
        if (start < 0 || !matchesAt(bytes, needle.bytes, start)) continue
        const { canary, encoding } = needle
        sightings.set([canary, area, place, encoding].join('\n'), { canary, area, place, encoding })
      }
    }
  }
  return [...sightings.values()]
}

/** From the middle: a token's first bytes are its prefix, the same in every canary. */
function anchorOffset(needle: Uint8Array): number {
  return Math.max(0, (needle.length >>> 1) - 2)
}

function hash(window: number): number {
  return Math.imul(window, 0x9e3779b1) >>> (32 - FILTER_BITS)
}

function matchesAt(bytes: Uint8Array, needle: Uint8Array, start: number): boolean {
  if (start + needle.length > bytes.length) return false
  for (let i = 0; i < needle.length; i++) if (bytes[start + i] !== needle[i]) return false
  return true
}
