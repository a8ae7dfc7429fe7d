import { BASE64, CHARS, DIGIT, forEachRun, HEX, NUMBERS } from '../chars.js'
import { OffsetMap } from '../offset-map.js'
import { decodeBase64 } from './base64.js'
import type { Decoded } from './decoded.js'
import { isTextByte, textOf, utf8Text } from './printable.js'

const MIN_BASE64 = 24
const MIN_HEX = 32
const MIN_NUMBERS = 24
const PROBE_BYTES = 12
const MAX_ENTRY_POINTS = 8

/** Visits every base64, hex and decimal byte run that decodes to text. */
export function forEachRunDecoded(text: string, visit: (decoded: Decoded) => void): void {
  forEachRun(text, 0, text.length, BASE64, MIN_BASE64, (start, end) => {
    forEachRun(text, start, end, HEX, MIN_HEX, (from, to) => decodeHexRun(text, from, to, visit))
    decodeBase64Run(text, start, end, visit)
  })
  forEachRun(text, 0, text.length, NUMBERS, MIN_NUMBERS, (start, end) => decodeNumbers(text, start, end, visit))
}

function decodeHexRun(text: string, start: number, end: number, visit: (decoded: Decoded) => void): void {
  const stop = end - ((end - start) % 2)
  for (let i = start; i < start + 2 * PROBE_BYTES; i += 2) if (!isTextByte(hexByte(text, i))) return
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
  for (let shift = 0; shift < 4; shift++) if (tryBase64(text, start + shift, start, end, visit)) return
  let left = MAX_ENTRY_POINTS
  const limit = Math.min(end - MIN_BASE64, start + 256)
  for (let i = start + 4; i < limit && left > 0; i++) {
    if ((CHARS[text.charCodeAt(i - 1)]! & HEX) !== 0 || !/[/_+-]/.test(text[i - 1]!)) continue
    left--
    if (tryBase64(text, i, i, end, visit)) return
  }
}

function tryBase64(text: string, from: number, start: number, end: number, visit: (decoded: Decoded) => void): boolean {
  if (end - from < MIN_BASE64 - 3) return false
  const probe = decodeBase64(text, from, from + (PROBE_BYTES * 4) / 3)
  const wide = probe[1] === 0 && probe[3] === 0 && probe[5] === 0
  if (!wide && !probe.every(isTextByte)) return false
  const decoded = textOf(decodeBase64(text, from, end))
  if (decoded === undefined) return false
  let stop = end
  while (stop < end + 2 && text[stop] === '=') stop++
  const url = /[-_]/.test(text.slice(start, Math.min(end, start + 65_536)))
  visit({ text: decoded, encoding: url ? 'base64url' : 'base64', start: from, end: stop })
  return true
}

/** `[115,107,45]`, as JSON writes bytes; the stored run of a hit is exactly the numbers that encode it. */
function decodeNumbers(text: string, start: number, end: number, visit: (decoded: Decoded) => void): void {
  let at = start
  while (at < end && (CHARS[text.charCodeAt(at)]! & DIGIT) === 0) at++
  const bytes: number[] = []
  const spans: number[] = []
  while (at < end) {
    let value = 0
    const from = at
    while (at < end && (CHARS[text.charCodeAt(at)]! & DIGIT) !== 0 && value < 256)
      value = value * 10 + text.charCodeAt(at++) - 48
    if (value > 255 || at === from) break
    if (bytes.length < PROBE_BYTES && !isTextByte(value)) return
    bytes.push(value)
    spans.push(from, at)
    while (at < end && (CHARS[text.charCodeAt(at)]! & DIGIT) === 0) at++
  }
  if (bytes.length < 8) return
  visitBytes(Uint8Array.from(bytes), spans, visit)
}

function visitBytes(bytes: Uint8Array, spans: readonly number[], visit: (decoded: Decoded) => void): void {
  if (textOf(bytes) === undefined) return
  const map = new OffsetMap(0)
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const length = Math.min(characterBytes(bytes[i]!), bytes.length - i)
    const character = utf8Text(bytes.subarray(i, i + length))
    map.add(text.length, text.length + character.length, spans[2 * i]!, spans[2 * (i + length) - 1]!)
    text += character
    i += length
  }
  visit({ text, encoding: 'bytes', start: spans[0]!, end: spans.at(-1)!, map })
}

/** Length of a UTF-8 character from its first byte; stray bytes count as one. */
export function characterBytes(lead: number): number {
  if (lead < 0xc2) return 1
  if (lead < 0xe0) return 2
  return lead < 0xf0 ? 3 : 4
}
