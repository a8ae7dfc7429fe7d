import type { Encoding } from '../types.js'
import { decodeBase64 } from './base64.js'
import type { Decoded } from './decoded.js'
import { forEachEscapedWord, forEachPercentRun, unescapedJson, unescapedPercent } from './escapes.js'
import { textOf, utf8Text } from './printable.js'
import { decodeHex, forEachByteList, forEachTextRun } from './runs.js'

export type { Decoded } from './decoded.js'
export { forEachEscapedWord, forEachPercentRun, UnescapedPart } from './escapes.js'
export { forEachByteList, forEachTextRun, MIN_BASE64 } from './runs.js'

/** Visits every encoded part of a text, decoded by one step. */
function forEachDecoded(text: string, visit: (decoded: Decoded) => void): void {
  forEachTextRun(text, 0, text.length, visit)
  forEachByteList(text, 0, text.length, visit)
  forEachPercentRun(text, visit)
  forEachEscapedWord(text, visit)
}

/**
 * Undoes the encodings of a stored run, outermost first: the text in which the secret stands. Behind a step that decodes
 * a run as a whole (base64, hex) the next run is only a part of the text, so all runs of its kind are decoded.
 */
export function decodeRun(run: string, encodings: readonly Encoding[]): string {
  return encodings.reduce(
    (text, encoding, step) => (step === 0 ? decodeOnce(text, encoding) : decodeWithin(text, encoding)),
    run,
  )
}

function decodeWithin(text: string, encoding: Encoding): string {
  const decoded: string[] = []
  forEachDecoded(text, (found) => {
    if (found.encoding === encoding) decoded.push(found.text)
  })
  return decoded.length === 0 ? decodeOnce(text, encoding) : decoded.join('\n')
}

function decodeOnce(run: string, encoding: Encoding): string {
  switch (encoding) {
    case 'base64':
    case 'base64url': {
      // In lines, and in JSON, in which line breaks are escaped.
      const body = run.replace(/\s+|\\+[nr]/g, '').replace(/=+$/, '')
      return anyText(decodeBase64(body, 0, body.length))
    }
    case 'hex':
      return anyText(decodeHex(run, 0, run.length))
    case 'percent':
      return unescapedPercent(run)
    case 'json':
      return unescapedJson(run)
    case 'bytes':
      return anyText(Uint8Array.from(run.match(/\d{1,3}/g) ?? [], Number))
  }
}

const anyText = (bytes: Uint8Array): string => textOf(bytes) ?? utf8Text(bytes)
