import { ALPHANUMERIC, BASE64, CHARS, DIGIT, forEachRun, HEX, NUMBERS } from '../chars.js'
import { OffsetMap } from '../offset-map.js'
import { base64Value, decodeBase64 } from './base64.js'
import type { Decoded } from './decoded.js'
import { characterBytes, mayBeText, SAMPLE_BYTES, TextProbe, textOf } from './printable.js'
import { wrappedAt } from './wrapped.js'

/** The shortest run that is worth decoding. */
export const MIN_BASE64 = 24
const MIN_HEX = 32
const MIN_NUMBERS = 24
const MIN_BYTES = 8
const PROBE_BYTES = 12
const PROBE_CHARS = 16
const SAMPLE_CHARS = Math.ceil(SAMPLE_BYTES / 3) * 4
/** Of a longer run a sample is decoded first: images pass for text at their beginning. */
const LONG_RUN = 2 * SAMPLE_CHARS
const MAX_ENTRY_POINTS = 8

/** Visits every base64 and hex run between two offsets that decodes to text. */
export function forEachTextRun(text: string, from: number, to: number, visit: (decoded: Decoded) => void): void {
  forEachRun(text, from, to, BASE64, MIN_BASE64, (start, end) => {
    forEachRun(text, start, end, HEX, MIN_HEX, (hexStart, hexEnd) => decodeHexRun(text, hexStart, hexEnd, visit))
    decodeBase64Run(text, start, end, visit)
  })
}

/** Visits every list of decimal bytes between two offsets that decodes to text. */
export function forEachByteList(text: string, from: number, to: number, visit: (decoded: Decoded) => void): void {
  forEachRun(text, from, to, NUMBERS, MIN_NUMBERS, (start, end) => decodeNumbers(text, start, end, visit))
}

function decodeHexRun(text: string, start: number, end: number, visit: (decoded: Decoded) => void): void {
  const stop = end - ((end - start) % 2)
  const probe = new TextProbe()
  for (let i = start; i < start + 2 * PROBE_BYTES; i += 2) if (!probe.accepts(hexByte(text, i))) return
  const decoded = textOf(decodeHex(text, start, stop))
  if (decoded !== undefined) visit({ text: decoded, encoding: 'hex', start, end: stop })
}

const hexByte = (text: string, at: number): number =>
  (hexDigit(text.charCodeAt(at)) << 4) | hexDigit(text.charCodeAt(at + 1))
const hexDigit = (unit: number): number => (unit <= 57 ? unit - 48 : (unit | 32) - 87)

export function decodeHex(text: string, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array((end - start) >> 1)
  for (let i = 0; i < bytes.length; i++) bytes[i] = hexByte(text, start + 2 * i)
  return bytes
}

/**
 * The encoded part may begin behind a path segment or a prefix that is made of the same letters, so entry points are
 * the first four characters (alignment) and what follows the first few separators.
 */
function decodeBase64Run(text: string, start: number, end: number, visit: (decoded: Decoded) => void): void {
  if (decodeWrapped(text, start, end, visit)) return
  for (let shift = 0; shift < 4; shift++) if (tryBase64(text, start + shift, start, end, visit)) return
  let left = MAX_ENTRY_POINTS
  const limit = Math.min(end - MIN_BASE64, start + 256)
  for (let i = start + 4; i < limit && left > 0; i++) {
    if ((CHARS[text.charCodeAt(i - 1)]! & (BASE64 | ALPHANUMERIC)) !== BASE64) continue
    left--
    if (tryBase64(text, i, i, end, visit)) return
  }
}

/** Base64 in lines is one text: a line alone is a part of it, and a secret may go on in the next. */
function decodeWrapped(text: string, start: number, end: number, visit: (decoded: Decoded) => void): boolean {
  const wrapped = wrappedAt(text, start, end)
  if (wrapped === undefined || !beginsText(wrapped.body, 0)) return false
  const decoded = textOf(decodeBase64(wrapped.body, 0, wrapped.body.length))
  if (decoded === undefined) return false
  visit({ text: decoded, encoding: 'base64', start: wrapped.start, end: wrapped.end })
  return true
}

function tryBase64(text: string, from: number, start: number, end: number, visit: (decoded: Decoded) => void): boolean {
  if (end - from < MIN_BASE64 - 3) return false
  if (!beginsText(text, from)) return false
  if (end - from > LONG_RUN && !mayBeText(decodeBase64(text, from, from + SAMPLE_CHARS))) return false
  const decoded = textOf(decodeBase64(text, from, end))
  if (decoded === undefined) return false
  let stop = end
  while (stop < end + 2 && text[stop] === '=') stop++
  const url = /[-_]/.test(text.slice(start, Math.min(end, start + 65_536)))
  visit({ text: decoded, encoding: url ? 'base64url' : 'base64', start: from, end: stop })
  return true
}

/** Looks at sixteen characters, without decoding the rest; UTF-16 is let through, `textOf` reads it. */
function beginsText(text: string, from: number): boolean {
  const probe = new TextProbe()
  for (let at = from; at < from + PROBE_CHARS; at += 4) {
    const chunk =
      (base64Value(text, at) << 18) |
      (base64Value(text, at + 1) << 12) |
      (base64Value(text, at + 2) << 6) |
      base64Value(text, at + 3)
    const accepted = probe.accepts(chunk >> 16) && probe.accepts((chunk >> 8) & 255) && probe.accepts(chunk & 255)
    if (!accepted) return at === from && beginsWide(chunk, base64Value(text, at + 4), base64Value(text, at + 5))
  }
  return true
}

/** Two characters of UTF-16, each of them one byte and a zero: what begins with zeros is no text. */
const beginsWide = (chunk: number, next: number, behind: number): boolean =>
  chunk >> 16 !== 0 && (chunk & 0xff00) === 0 && (chunk & 255) !== 0 && next === 0 && behind >> 4 === 0

/** `[115,107,45]`, as JSON writes bytes; the stored run of a hit is exactly the numbers that encode it. */
function decodeNumbers(text: string, start: number, end: number, visit: (decoded: Decoded) => void): void {
  let at = skipTo(text, start, end)
  const probe = new TextProbe()
  const most = (end - at + 1) >> 1
  const bytes = new Uint8Array(most)
  const starts = new Int32Array(most)
  const ends = new Int32Array(most)
  let count = 0
  while (at < end) {
    let value = 0
    const from = at
    for (; at < end && value < 256 && (CHARS[text.charCodeAt(at)]! & DIGIT) !== 0; at++) {
      value = value * 10 + text.charCodeAt(at) - 48
    }
    if (value > 255 || (count < PROBE_BYTES && !probe.accepts(value))) break
    bytes[count] = value
    starts[count] = from
    ends[count++] = at
    at = skipTo(text, at, end)
  }
  const decoded = count < MIN_BYTES ? undefined : textOf(bytes.subarray(0, count))
  if (decoded === undefined) return
  const locate = () =>
    decoded.length === count ? new OffsetMap(starts, ends) : mapCharacters(bytes.subarray(0, count), starts, ends)
  visit({ text: decoded, encoding: 'bytes', start: starts[0]!, end: ends[count - 1]!, locate })
}

function skipTo(text: string, from: number, end: number): number {
  let at = from
  while (at < end && (CHARS[text.charCodeAt(at)]! & DIGIT) === 0) at++
  return at
}

/** As `OffsetMap` wants it, for text in which a character takes several bytes. */
function mapCharacters(bytes: Uint8Array, byteStarts: Int32Array, byteEnds: Int32Array): OffsetMap {
  const starts = new Int32Array(bytes.length)
  const ends = new Int32Array(bytes.length)
  let units = 0
  for (let i = 0; i < bytes.length; ) {
    const length = Math.min(Math.max(characterBytes(bytes[i]!), 1), bytes.length - i)
    for (let unit = 0; unit < (length === 4 ? 2 : 1); unit++) {
      starts[units] = byteStarts[i]!
      ends[units++] = byteEnds[i + length - 1]!
    }
    i += length
  }
  return new OffsetMap(starts, ends)
}
