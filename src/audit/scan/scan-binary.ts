import { isUtf8 } from 'node:buffer'
import { scanByteText } from '../../detect/byte-text.js'
import type { KnownValues } from '../../detect/known-values.js'
import type { Scanner } from '../../detect/scanner.js'
import type { Hit, ScanContext } from '../../detect/types.js'

/** Bytes that stand ahead of a length of one byte: MessagePack's `str 8` and `bin 8`, pickle's short text. */
const AHEAD_OF_LENGTH = new Set([0xd9, 0xc4, 0x8c])
/** The same of two bytes and of four; of these the last one may look like a letter. */
const AHEAD_OF_TWO = new Set([0xda, 0xc5])
const AHEAD_OF_FOUR = new Set([0xdb, 0xc6])

/**
 * Hits in bytes that may be a binary format. A length ahead of a string may be a letter by chance, and would then hide where
 * a token begins: lengths are blanked in a copy, so that offsets stay.
 */
export function scanBinary(
  scanner: Scanner,
  bytes: Uint8Array,
  context?: ScanContext,
  known?: KnownValues,
): readonly Hit[] {
  return scanByteText(scanner, isUtf8(bytes) ? bytes : withoutLengths(bytes), context, known)
}

function withoutLengths(bytes: Uint8Array): Uint8Array {
  let copy: Uint8Array | undefined
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte < 0x80) continue
    const length = AHEAD_OF_LENGTH.has(byte) ? 1 : AHEAD_OF_TWO.has(byte) ? 2 : AHEAD_OF_FOUR.has(byte) ? 4 : 0
    if (length === 0 || i + length >= bytes.length) continue
    copy ??= Uint8Array.from(bytes)
    copy.fill(0, i + 1, i + 1 + length)
  }
  return copy ?? bytes
}
