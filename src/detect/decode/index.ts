import type { Encoding } from '../types.js'
import { decodeBase64 } from './base64.js'
import type { Decoded } from './decoded.js'
import { forEachEscapedRegion, forEachPercentRun, unescapedJson, unescapedPercent } from './escapes.js'
import { utf8Text } from './printable.js'
import { decodeHex, forEachRunDecoded } from './runs.js'

export type { Decoded } from './decoded.js'

/** Visits every encoded part of a text, decoded by one step. */
export function forEachDecoded(text: string, visit: (decoded: Decoded) => void): void {
  forEachRunDecoded(text, visit)
  if (text.includes('%')) forEachPercentRun(text, visit)
  if (text.includes('\\')) forEachEscapedRegion(text, visit)
}

/** Undoes the encodings of a stored run, outermost first: the text in which the secret stands. */
export function decodeRun(run: string, encodings: readonly Encoding[]): string {
  return encodings.reduce(decodeOnce, run)
}

function decodeOnce(run: string, encoding: Encoding): string {
  switch (encoding) {
    case 'base64':
    case 'base64url': {
      const body = run.replace(/=+$/, '')
      return utf8Text(decodeBase64(body, 0, body.length))
    }
    case 'hex':
      return utf8Text(decodeHex(run, 0, run.length))
    case 'percent':
      return unescapedPercent(run)
    case 'json':
      return unescapedJson(run)
    case 'bytes':
      return utf8Text(Uint8Array.from(run.match(/\d{1,3}/g) ?? [], Number))
  }
}
