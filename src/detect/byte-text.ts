import type { KnownValues } from './known-values.js'
import type { Scanner } from './scanner.js'
import type { Hit, ScanContext } from './types.js'

/** How bytes become text: one character a byte (`narrow`), or two bytes a character. */
export type ByteWidth = 'narrow' | 'utf-16le' | 'utf-16be'

const SAMPLE_BYTES = 512
/** windows-1252 in name and practice: exactly one character for each byte, so that offsets are byte offsets. */
const narrow = new TextDecoder('latin1')
const wide = new TextDecoder('utf-16le', { ignoreBOM: true })

/** UTF-16 is told by its zero bytes: every second byte of mostly Latin text. */
export function detectWidth(bytes: Uint8Array): ByteWidth {
  const length = Math.min(bytes.length - (bytes.length % 2), SAMPLE_BYTES)
  if (length < 8) return 'narrow'
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  const most = length * 0.3
  if (odd > most && even * 8 < odd) return 'utf-16le'
  return even > most && odd * 8 < even ? 'utf-16be' : 'narrow'
}

/** Text whose character `i` stands for byte `i` (narrow) or bytes `2i` and `2i + 1`. */
export function bytesToText(bytes: Uint8Array, width: ByteWidth): string {
  if (width === 'narrow') return narrow.decode(bytes)
  return wide.decode(width === 'utf-16le' ? bytes : swapPairs(bytes))
}

function swapPairs(bytes: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(bytes.length - (bytes.length % 2))
  for (let i = 0; i < swapped.length; i += 2) {
    swapped[i] = bytes[i + 1]!
    swapped[i + 1] = bytes[i]!
  }
  return swapped
}

/** Hits in bytes that hold text; offsets are byte offsets. */
export function scanByteText(
  scanner: Scanner,
  bytes: Uint8Array,
  context?: ScanContext,
  known?: KnownValues,
): readonly Hit[] {
  const width = detectWidth(bytes)
  const hits = scanner.scan(bytesToText(bytes, width), context, known)
  if (width === 'narrow' || hits.length === 0) return hits
  return hits.map((hit) => ({ ...hit, start: hit.start * 2, end: hit.end * 2 }))
}
